"""What staff call each kind of document."""

from collections.abc import Mapping

from kb.documents import Kind
from kb.errors import Text

KINDS: Mapping[Kind, Text] = {
    Kind.UUD: Text("Undang-Undang Dasar", "Constitution (UUD)"),
    Kind.UU: Text("Undang-Undang (UU)", "Law (UU)"),
    Kind.PERPPU: Text("Peraturan Pemerintah Pengganti UU (Perppu)", "Emergency law (Perppu)"),
    Kind.PP: Text("Peraturan Pemerintah (PP)", "Government regulation (PP)"),
    Kind.PERPRES: Text("Peraturan Presiden (Perpres)", "Presidential regulation (Perpres)"),
    Kind.PERMEN: Text("Peraturan Menteri (Permen)", "Ministerial regulation (Permen)"),
    Kind.PERDA: Text("Peraturan Daerah (Perda)", "Regional regulation (Perda)"),
    Kind.PERGUB: Text("Peraturan Gubernur (Pergub)", "Governor's regulation (Pergub)"),
    Kind.PERBUP: Text("Peraturan Bupati (Perbup)", "Regent's regulation (Perbup)"),
    Kind.PERWAL: Text("Peraturan Wali Kota (Perwal)", "Mayor's regulation (Perwal)"),
    Kind.RAPERDA: Text("Rancangan peraturan (Raperda)", "Draft regulation"),
    Kind.SK: Text("Keputusan (SK)", "Decree (SK)"),
    Kind.SE: Text("Surat Edaran (SE)", "Circular (SE)"),
    Kind.STUDI_TIRU: Text("Laporan studi tiru", "Study-visit report"),
    Kind.NOTULEN: Text("Notulen rapat", "Minutes of a meeting"),
    Kind.SOP: Text("SOP", "Standard operating procedure (SOP)"),
    Kind.LAPORAN_KINERJA: Text("Laporan kinerja", "Performance report"),
    Kind.LAINNYA: Text("Lainnya", "Other"),
}
"""The long name of each kind, its abbreviation in brackets."""
