package io.tenantry.bank.statement;

import io.tenantry.bank.statement.StatementRow.ReviewReason;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** Reasons to review an incoming entry: it may be a return, or not booked yet. */
final class CamtDoubts {
    private CamtDoubts() {}

    /** @param part the entry, or one of its transactions */
    static Optional<ReviewReason> of(Element entry, Element part, String purpose) {
        if (isReturn(entry, part) || ReturnVocabulary.says(purpose)) {
            return Optional.of(ReviewReason.REVERSAL);
        }
        return StatusVocabulary.saysNotBooked(Wording.fold(purpose))
                ? Optional.of(ReviewReason.STATUS)
                : Optional.empty();
    }

    private static boolean isReturn(Element entry, Element part) {
        return Elements.has(part, "RtrInf")
                || Stream.of(part, entry)
                        .anyMatch(each -> Elements.text(each, "RvslInd").matches("true|1")
                                || Elements.all(each, "BkTxCd").stream().anyMatch(CamtDoubts::isReturnCode));
    }

    private static boolean isReturnCode(Element codes) {
        var family = Elements.text(codes, "Domn", "Fmly", "Cd");
        var subFamily = Elements.text(codes, "Domn", "Fmly", "SubFmlyCd");
        return ReturnVocabulary.isReturn(family, subFamily)
                || ReturnVocabulary.isReturn(Elements.text(codes, "Prtry", "Cd"));
    }
}
