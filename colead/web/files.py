"""Answer with paper or a list: PDF, DOCX, XLSX, CSV."""

from django.http import Http404, HttpResponse, HttpResponseBadRequest

from colead.documents import CannotPrint, Document, Sheet, csv, docx, pdf, xlsx

OFFICE = "application/vnd.openxmlformats-officedocument"
PAPERS = {"pdf": (pdf, "application/pdf"), "docx": (docx, f"{OFFICE}.wordprocessingml.document")}


def paper(sheet: Document, form: str, name: str) -> HttpResponse:
    """Answer with a document as `pdf` (shown in the browser) or `docx`; any other form is not found.

    What cannot be printed is refused in words.
    """
    if form not in PAPERS:
        raise Http404
    render, kind = PAPERS[form]
    try:
        content = render(sheet)
    except CannotPrint as refusal:
        return HttpResponseBadRequest(str(refusal), content_type="text/plain; charset=utf-8")
    return file(content, kind, f"{name}.{form}", inline=form == "pdf")


def table(sheet: Sheet, form: str, name: str) -> HttpResponse:
    """Answer with a list as `xlsx` or `csv`; any other form is not found."""
    if form == "xlsx":
        return file(xlsx([sheet]), f"{OFFICE}.spreadsheetml.sheet", f"{name}.xlsx")
    if form == "csv":
        return file(csv(sheet), "text/csv; charset=utf-8", f"{name}.csv")
    raise Http404


def file(content: bytes, kind: str, name: str, *, inline: bool = False) -> HttpResponse:
    """Answer with a file under a plain name."""
    disposition = f'{"inline" if inline else "attachment"}; filename="{name}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
