package io.tenantry.billing.bank.statement;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;

/** Figures of a batch that contradict its entry or the parts given. */
final class CamtBatches {
    private CamtBatches() {}

    /** Returns a figure of a batch that is not that of its parts or of its entry. */
    static Optional<String> contradiction(Element entry, CamtAmount whole) {
        var details = Elements.all(entry, "NtryDtls");
        var all = Elements.all(entry, "NtryDtls", "TxDtls").size();
        return Stream.of(count(details, all), total(details, whole), direction(entry, details))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether an entry of zero may consist of payments in both directions. */
    static boolean mayHidePayments(Element entry) {
        var parts = Elements.all(entry, "NtryDtls", "TxDtls");
        var isCounted = Elements.texts(entry, "NtryDtls", "Btch", "NbOfTxs").stream()
                .map(CamtAmount::number)
                .anyMatch(number ->
                        number.isEmpty() || number.get().compareTo(BigDecimal.valueOf(Math.max(1, parts.size()))) > 0);
        return isCounted
                || Elements.all(entry, "NtryDtls", "Btch", "TtlAmt").stream().anyMatch(CamtBatches::isMoney)
                || parts.stream()
                        .map(CamtAmount::elements)
                        .anyMatch(amounts -> amounts.stream().anyMatch(CamtBatches::isMoney)
                                || (amounts.isEmpty() && parts.size() > 1));
    }

    private static boolean isMoney(Element amount) {
        return CamtAmount.number(amount.getTextContent().strip())
                .filter(number -> number.signum() == 0)
                .isEmpty();
    }

    /** Some banks count the parts of each group, others those of the entry. */
    private static Optional<String> count(List<Element> details, int all) {
        for (var group : details) {
            var own = Elements.all(group, "TxDtls").size();
            for (var text : Elements.texts(group, "Btch", "NbOfTxs")) {
                var isRight = CamtAmount.number(text)
                        .filter(number -> is(number, own) || is(number, all))
                        .isPresent();
                if (own > 0 && !isRight) {
                    return Optional.of(text);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean is(BigDecimal number, int count) {
        return number.compareTo(BigDecimal.valueOf(count)) == 0;
    }

    private static Optional<String> total(List<Element> details, CamtAmount whole) {
        var totals = details.stream()
                .flatMap(group -> Elements.all(group, "Btch", "TtlAmt").stream())
                .toList();
        var sum = totals.stream()
                .map(total -> CamtAmount.number(total.getTextContent().strip()).orElse(BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        var isSum = sum.compareTo(whole.value()) == 0;
        return totals.stream()
                .filter(total -> !isOf(total, whole, isSum))
                .map(total -> total.getTextContent().strip() + " " + total.getAttribute("Ccy"))
                .findFirst();
    }

    private static boolean isOf(Element total, CamtAmount whole, boolean isSum) {
        var currency = total.getAttribute("Ccy");
        return (currency.isEmpty() || currency.equals(whole.currency().getCurrencyCode()))
                && (isSum
                        || CamtAmount.number(total.getTextContent().strip())
                                .filter(own -> own.compareTo(whole.value()) == 0)
                                .isPresent());
    }

    private static Optional<String> direction(Element entry, List<Element> details) {
        var own = Elements.text(entry, "CdtDbtInd");
        return details.stream()
                .flatMap(group -> Elements.texts(group, "Btch", "CdtDbtInd").stream())
                .filter(direction -> details.size() == 1 && !direction.equals(own))
                .findFirst();
    }
}
