package io.tenantry.billing.bank.statement;

import java.util.List;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** Free texts of a camt.053 statement and of its message, which may say what its entries are. */
final class CamtLines {
    private CamtLines() {}

    static List<CsvTable.Row> of(Element statement) {
        var ofMessage = Stream.of(statement.getParentNode())
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .flatMap(message -> Elements.texts(message, "GrpHdr", "AddtlInf").stream());
        return Stream.of(
                        ofMessage,
                        Elements.texts(statement, "AddtlStmtInf").stream(),
                        Elements.texts(statement, "RptgSrc", "Prtry").stream())
                .flatMap(texts -> texts)
                .filter(text -> !text.isBlank())
                .map(OutsideLines::row)
                .toList();
    }
}
