package io.tenantry.billing.einvoice;

import io.tenantry.billing.einvoice.EInvoice.BankTransfer;
import io.tenantry.billing.einvoice.EInvoice.Line;
import io.tenantry.billing.einvoice.EInvoice.Tax;
import io.tenantry.kernel.money.RoundingAllocator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A document's amounts according to EN 16931. Lines have eight decimals and the document is rounded once; here every amount has the decimals of
 * the currency, and sums must match to the last cent (BR-CO-10, 13, 14, 15). Rounding therefore proceeds from the top down: total and tax are
 * the document's, and net is their difference; the nets of its parts add up to that net, and the lines of each part to the part's net, each
 * differing by less than a cent from its exact value ({@link RoundingAllocator}). No rounding amount (BT-114) has to be stated. The tax of a
 * part is calculated from its exact net, and so differs by at most a cent from the tax on its rounded net, which the rules permit (BR-CO-17).
 *
 * <p>Amounts of a credit note are those that it refunds, as positive numbers.
 *
 * @param net without tax (BT-106, BT-109)
 * @param total with tax (BT-112)
 * @param paid of it, when it was issued (BT-113)
 * @param due what was left then (BT-115)
 * @param taxCurrencyTotals the tax in the accounting currency (BT-111)
 */
record InvoiceTotals(
        List<LineFigure> lines,
        List<Part> parts,
        BigDecimal net,
        BigDecimal tax,
        BigDecimal total,
        BigDecimal paid,
        BigDecimal due,
        Optional<EInvoice.TaxCurrencyTotals> taxCurrencyTotals) {
    /** Code of a line's allowance: a discount (UNTDID 5189). */
    static final String ALLOWANCE = "95";

    /** Code of a line's charge: an additional charge (UNTDID 7161). */
    static final String CHARGE = "ABK";

    /** Scheme of an electronic address: email. */
    static final String EMAIL = "EM";

    /** Maximum difference of quantity times price from a line without an explanation (XRechnung: PEPPOL-EN16931-R120 has 0.02). */
    private static final BigDecimal SLACK = new BigDecimal("0.015");

    /**
     * A line.
     *
     * @param quantity negative for a refund, because a price may not be (BR-27)
     * @param allowance by how much the line is less than quantity times price; otherwise zero
     * @param charge by how much it is more
     */
    record LineFigure(
            Line line,
            VatCategory category,
            BigDecimal quantity,
            BigDecimal price,
            BigDecimal allowance,
            BigDecimal charge,
            BigDecimal net) {}

    /**
     * Amounts with the same tax, as EN 16931 distinguishes them: by category and rate (BG-23).
     *
     * @param reason why there is no tax, in words; empty if there is one
     */
    record Part(VatCategory category, BigDecimal percent, BigDecimal base, BigDecimal tax, String reason) {}

    private record Group(VatCategory category, BigDecimal percent) implements Comparable<Group> {
        @Override
        public int compareTo(Group other) {
            var byCategory = category.compareTo(other.category);
            return byCategory == 0 ? other.percent.compareTo(percent) : byCategory;
        }
    }

    InvoiceTotals {
        lines = List.copyOf(lines);
        parts = List.copyOf(parts);
    }

    static InvoiceTotals of(EInvoice it) {
        return new TotalsCalculation(it).figures();
    }

    private static final class TotalsCalculation {
        private final EInvoice it;
        private final int decimals;
        private final TreeMap<Group, List<Line>> lines;
        private final TreeMap<Group, List<Tax>> taxes;

        TotalsCalculation(EInvoice it) {
            this.it = it;
            this.decimals = it.currency().getDefaultFractionDigits();
            this.lines = it.lines().stream()
                    .collect(Collectors.groupingBy(line -> group(line.way()), TreeMap::new, Collectors.toList()));
            this.taxes = it.taxes().stream()
                    .collect(Collectors.groupingBy(part -> group(part.way()), TreeMap::new, Collectors.toList()));
        }

        InvoiceTotals figures() {
            var total = signed(it.total()).setScale(decimals);
            var tax = it.taxes().stream()
                    .map(part -> signed(part.tax()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add)
                    .setScale(decimals);
            var net = total.subtract(tax);
            var bases = RoundingAllocator.shared(
                            lines.values().stream().map(this::sum).toList(), net, decimals)
                    .iterator();
            var figures = new ArrayList<LineFigure>();
            var parts = new ArrayList<Part>();
            for (var group : lines.entrySet()) {
                var base = bases.next();
                figures.addAll(figures(group.getKey(), group.getValue(), base));
                parts.add(part(group.getKey(), base));
            }
            figures.sort((one, other) ->
                    Integer.compare(one.line().position(), other.line().position()));
            var paid = it.payment().isSettled() ? total : it.payment().prepaid().setScale(decimals);
            return new InvoiceTotals(figures, parts, net, tax, total, paid, total.subtract(paid), taxCurrencyTotals());
        }

        private Optional<EInvoice.TaxCurrencyTotals> taxCurrencyTotals() {
            return it.taxCurrencyTotals()
                    .map(one -> new EInvoice.TaxCurrencyTotals(
                            one.currency(),
                            signed(one.tax()).setScale(one.currency().getDefaultFractionDigits())));
        }

        private List<LineFigure> figures(Group group, List<Line> members, BigDecimal base) {
            var nets = RoundingAllocator.shared(
                    members.stream().map(line -> signed(line.net())).toList(), base, decimals);
            var figures = new ArrayList<LineFigure>();
            for (var place = 0; place < members.size(); place++) {
                figures.add(figure(members.get(place), group.category(), nets.get(place)));
            }
            return figures;
        }

        private LineFigure figure(Line line, VatCategory vatCategory, BigDecimal net) {
            var quantity = signed(line.price().signum() < 0 ? line.quantity().negate() : line.quantity());
            var price = line.price().abs();
            var rest = net.subtract(quantity.multiply(price));
            var stated = rest.abs().compareTo(SLACK) > 0
                    ? rest.abs().setScale(decimals, RoundingMode.HALF_UP)
                    : BigDecimal.ZERO;
            return new LineFigure(
                    line,
                    vatCategory,
                    plain(quantity),
                    plain(price),
                    rest.signum() < 0 ? stated : BigDecimal.ZERO,
                    rest.signum() > 0 ? stated : BigDecimal.ZERO,
                    net);
        }

        private Part part(Group group, BigDecimal base) {
            var members = taxes.getOrDefault(group, List.of());
            return new Part(
                    group.category(),
                    group.percent(),
                    base,
                    members.stream()
                            .map(part -> signed(part.tax()))
                            .reduce(BigDecimal.ZERO, BigDecimal::add)
                            .setScale(decimals),
                    members.stream()
                            .map(Tax::reason)
                            .filter(reason -> !reason.isEmpty())
                            .distinct()
                            .collect(Collectors.joining(" ")));
        }

        private Group group(BankTransfer bankTransfer) {
            return new Group(
                    VatCategory.of(bankTransfer.treatment(), bankTransfer.percent(), it.isOutside()),
                    bankTransfer.percent());
        }

        private BigDecimal sum(List<Line> members) {
            return members.stream().map(line -> signed(line.net())).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        private BigDecimal signed(BigDecimal amount) {
            return it.kind() == EInvoice.Kind.CREDIT_NOTE ? amount.negate() : amount;
        }

        private static BigDecimal plain(BigDecimal number) {
            return number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
        }
    }
}
