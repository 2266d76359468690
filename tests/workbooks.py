# SPDX-License-Identifier: AGPL-3.0-or-later
"""The smallest workbooks that a spreadsheet would open."""

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

HEAD = '<?xml version="1.0"?>'
OFFICE = "http://schemas.openxmlformats.org"
MAIN = f"{OFFICE}/spreadsheetml/2006/main"
RELATIONS = f"{OFFICE}/officeDocument/2006/relationships"
PACKAGE = f"{OFFICE}/package/2006"
PARTS = {
    "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
    "_rels/.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def write_xlsx(path: Path, rows: list[list[object]]) -> Path:
    """Texts, numbers and truths, from A1."""
    body = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    return write_sheet(path, body)


def write_sheet(path: Path, body: str) -> Path:
    """An XLSX whose sheet has these rows, as XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as parts:
        for name, text in PARTS.items():
            parts.writestr(name, text)
        sheet = f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>{body}</sheetData></worksheet>'
        parts.writestr("xl/worksheets/sheet1.xml", sheet)
    return path


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return f'<c t="b"><v>{int(value)}</v></c>'
    if isinstance(value, str):
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"<c><v>{value}</v></c>" if value is not None else "<c/>"


def write_ods(path: Path, rows: list[list[str]]) -> Path:
    """Texts only, and below them the million of empty rows that LibreOffice writes."""
    cells = [
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in row
        )
        for row in rows
    ]
    spaces = " ".join(f'xmlns:{name}="{ODF}:{name}:1.0"' for name in ("office", "table", "text"))
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        parts.writestr("META-INF/manifest.xml", f'{HEAD}<m:manifest xmlns:m="{ODF}:manifest:1.0"/>')
        parts.writestr(
            "content.xml",
            f"{HEAD}<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name='A'>"
            f"{''.join(f'<table:table-row>{row}</table:table-row>' for row in cells)}"
            '<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/>'
            "</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
        )
    return path
