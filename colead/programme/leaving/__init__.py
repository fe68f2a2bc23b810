"""How a school leaves: everything it made goes along in one file, and nothing of it stays.

`format` says what is in the file and what stays behind, and why; `write` and `read` are the way out and in; `erase`
takes every trace away and leaves a dated certificate.
"""
