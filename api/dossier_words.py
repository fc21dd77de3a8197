"""What the doors call the fields, kinds and states of a dossier."""

from collections.abc import Mapping

from kb.dossier import Field, Form, ItemKind, ItemState
from kb.errors import Text

FIELDS: Mapping[Field, Text] = {
    Field.OFFICE: Text("Nama instansi (kop)", "Name of the office (letterhead)"),
    Field.TO: Text("Kepada", "To"),
    Field.FROM: Text("Dari", "From"),
    Field.COPY: Text("Tembusan", "Copies to"),
    Field.DATE: Text("Tanggal", "Date"),
    Field.NUMBER: Text("Nomor", "Number"),
    Field.NATURE: Text("Sifat", "Nature"),
    Field.ENCLOSURE: Text("Lampiran", "Enclosure"),
    Field.SUBJECT: Text("Hal", "Subject"),
    Field.PROBLEM: Text("Persoalan", "The problem"),
    Field.PRESUMPTION: Text("Praanggapan", "Presumptions"),
    Field.FACTS: Text("Fakta yang Mempengaruhi", "Facts that bear on it"),
    Field.ANALYSIS: Text("Analisis", "Analysis"),
    Field.CONCLUSION: Text("Kesimpulan", "Conclusion"),
    Field.ADVICE: Text("Saran", "Advice"),
    Field.OPENING: Text("Alinea pembuka", "Opening"),
    Field.BODY: Text("Isi", "Body"),
    Field.CLOSING: Text("Alinea penutup", "Closing"),
    Field.POSITION: Text("Jabatan penanda tangan", "Signer's position"),
    Field.SIGNER: Text("Nama penanda tangan", "Signer's name"),
    Field.RANK: Text("Pangkat/golongan", "Rank"),
    Field.STAFF_NUMBER: Text("NIP", "Staff number (NIP)"),
}

FORMS: Mapping[Form, Text] = {
    Form.STAFF_STUDY: Text("Telaahan staf", "Staff study (telaahan staf)"),
    Form.MEMO: Text("Nota dinas", "Official memo (nota dinas)"),
}

ITEM_KINDS: Mapping[ItemKind, Text] = {
    ItemKind.PASSAGE: Text("Kutipan", "Quote"),
    ItemKind.PROVISION: Text("Ketentuan", "Provision"),
    ItemKind.PRECEDENT: Text("Preseden", "Precedent"),
    ItemKind.FINDING: Text("Temuan", "Finding"),
    ItemKind.DECISION: Text("Keputusan", "Decision"),
}

STATES: Mapping[ItemState, Text] = {
    ItemState.KEPT: Text("cocok dengan halamannya", "equal to its page"),
    ItemState.REPLACED: Text(
        "dokumennya sudah diganti versi baru; kutipan ini dari versi lama",
        "the document has a newer version; this quote is of the old one",
    ),
    ItemState.CHANGED: Text(
        "teks halamannya berubah sejak disimpan; kutipan tidak disertakan",
        "the text of its page has changed since; the quote is left out",
    ),
    ItemState.GONE: Text(
        "dokumennya sudah dihapus; kutipan tidak disertakan", "its document was removed; the quote is left out"
    ),
}
