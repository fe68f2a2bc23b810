"""Reading surveys and answers from other tools' files, without Django: bytes in, plain values and refusals out."""
