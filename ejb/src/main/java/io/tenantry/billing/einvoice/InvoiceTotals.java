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
 * A document's amounts as EN 16931 has them. Lines have eight decimals and the document is rounded once; here every amount has those of the
 * currency, and what is a sum must be one to the last cent (BR-CO-10, 13, 14, 15). So the roundings go from the top downwards: total and tax
 * are the document's, and net is what is between them; the nets of its parts come to that net, and the lines of each part to the part's, each less than
 * a cent from what it is ({@link RoundingAllocator}). Nothing has to be said as a rounding (BT-114). The tax of a part is reckoned from its
 * exact net, and so at most a cent from what its rounded net would give, which the rules leave room for (BR-CO-17).
 *
 * <p>Amounts of a credit note are those that it gives back, above zero.
 *
 * @param net without tax (BT-106, BT-109)
 * @param total with tax (BT-112)
 * @param paid of it, when it was issued (BT-113)
 * @param due what was left then (BT-115)
 * @param told the tax in the currency of the books (BT-111)
 */
record InvoiceTotals(
        List<LineFigure> lines,
        List<Part> parts,
        BigDecimal net,
        BigDecimal tax,
        BigDecimal total,
        BigDecimal paid,
        BigDecimal due,
        Optional<EInvoice.TaxCurrencyTotals> told) {
    /** Of a line: a discount (UNTDID 5189). */
    static final String ALLOWANCE = "95";

    /** Of a line: what is charged besides (UNTDID 7161). */
    static final String CHARGE = "ABK";

    /** The kind of address by which somebody is reached: that of e-mail. */
    static final String EMAIL = "EM";

    /** What quantity by price may differ from a line without a word (XRechnung: PEPPOL-EN16931-R120 has 0.02). */
    private static final BigDecimal SLACK = new BigDecimal("0.015");

    /**
     * A line.
     *
     * @param quantity below zero if it gives something back, because a price may not be (BR-27)
     * @param allowance what it is less than quantity by price; zero if nothing
     * @param charge what it is more
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
     * What is taxed in one way, as EN 16931 tells ways apart: by category and rate (BG-23).
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
            var paid = it.payment().isSettled() ? total : BigDecimal.ZERO.setScale(decimals);
            return new InvoiceTotals(figures, parts, net, tax, total, paid, total.subtract(paid), told());
        }

        private Optional<EInvoice.TaxCurrencyTotals> told() {
            return it.told()
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
            var said = rest.abs().compareTo(SLACK) > 0
                    ? rest.abs().setScale(decimals, RoundingMode.HALF_UP)
                    : BigDecimal.ZERO;
            return new LineFigure(
                    line,
                    vatCategory,
                    plain(quantity),
                    plain(price),
                    rest.signum() < 0 ? said : BigDecimal.ZERO,
                    rest.signum() > 0 ? said : BigDecimal.ZERO,
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
