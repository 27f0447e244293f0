package io.tenantry.billing.invoicing;

import io.tenantry.billing.invoicing.Invoicing.Line;
import io.tenantry.billing.tax.TaxComponents;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The part of a document with one tax treatment. Its tax is calculated once from the sum of its lines, and rounded once, as the law requires;
 * the tax charged for hours differs from it by less than a cent.
 *
 * @param place the tax jurisdiction; the buyer's country if no tax is due
 * @param percent zero unless it is taxed
 * @param isIncluded whether the tax is included in the amounts of its lines, or added to them
 * @param base the exact sum of its lines without tax
 * @param statedBase that as the document states it, rounded; corrections are rounded together with their invoice
 * @param taken the tax that the wallet paid for them
 * @param tax the tax of the part
 * @param split the taxes that make up the percentage
 */
public record TaxSubtotal(
        TaxTreatment treatment,
        String place,
        BigDecimal percent,
        boolean isIncluded,
        Money base,
        Money statedBase,
        Money taken,
        Money tax,
        TaxComponents split) {
    private static final Comparator<TaxSubtotal> ORDER = Comparator.comparing(TaxSubtotal::percent)
            .reversed()
            .thenComparing(TaxSubtotal::treatment)
            .thenComparing(TaxSubtotal::place)
            .thenComparing(TaxSubtotal::isIncluded);

    /** Creates a subtotal of a document that corrects no other. */
    public TaxSubtotal(
            TaxTreatment treatment,
            String place,
            BigDecimal percent,
            boolean isIncluded,
            Money base,
            Money taken,
            Money tax,
            TaxComponents split) {
        this(treatment, place, percent, isIncluded, base, base.rounded(), taken, tax, split);
    }

    /** Creates a subtotal whose rate is a single tax. */
    public TaxSubtotal(
            TaxTreatment treatment,
            String place,
            BigDecimal percent,
            boolean isIncluded,
            Money base,
            Money taken,
            Money tax) {
        this(treatment, place, percent, isIncluded, base, taken, tax, TaxComponents.NONE);
    }

    /**
     * One of the taxes of a part.
     *
     * @param percent of the base, or for a compound tax of the base plus the taxes before it
     */
    public record TaxComponent(String name, BigDecimal percent, boolean isCompound, Money tax) {}

    /** Returns the taxes that add up to its tax; empty if it is a single tax. */
    public List<TaxComponent> pieces() {
        var currency = tax.currency();
        var amounts = split.amounts(base.amount(), tax.amount(), currency.getDefaultFractionDigits());
        return IntStream.range(0, amounts.size())
                .mapToObj(place -> {
                    var singleTax = split.pieces().get(place);
                    return new TaxComponent(
                            singleTax.name(),
                            singleTax.percent(),
                            singleTax.isCompound(),
                            new Money(amounts.get(place), currency));
                })
                .toList();
    }

    /** Calculates the subtotals of a proforma. The database does the same when it issues a document; tests verify that both agree. */
    static List<TaxSubtotal> of(List<Line> lines, Currency currency) {
        var byTerm = lines.stream()
                .filter(line -> line.tax().isPresent())
                .collect(Collectors.groupingBy(line -> line.tax().orElseThrow().termId()));
        return byTerm.values().stream()
                .map(group -> one(group, currency))
                .sorted(ORDER)
                .toList();
    }

    private static TaxSubtotal one(List<Line> lines, Currency currency) {
        var bears = lines.get(0).tax().orElseThrow();
        var base = lines.stream().map(Line::net).reduce(Money.zero(currency), Money::plus);
        var taken =
                lines.stream().map(line -> line.tax().orElseThrow().amount()).reduce(Money.zero(currency), Money::plus);
        var tax = base.amount()
                .multiply(bears.rate())
                .setScale(currency.getDefaultFractionDigits(), RoundingMode.HALF_UP);
        return new TaxSubtotal(
                bears.treatment(),
                bears.place(),
                bears.percent(),
                bears.isIncluded(),
                base,
                taken,
                new Money(tax, currency),
                bears.split());
    }

    /** Returns the subtotals of an issued document, as of then. */
    static List<TaxSubtotal> ofDocument(Sql sql, UUID id, Currency currency) {
        return sql
                .query(
                        """
                        select t.treatment, t.place, t.rate, t.included, t.parts, n.base, n.charged, n.tax,
                               round(n.base_before + n.base, v.decimals) - round(n.base_before, v.decimals) as stated_base
                          from invoice_tax n
                          join invoice v on v.id = n.invoice_id
                          join applied_tax t on t.id = n.tax_id
                         where n.invoice_id = ?
                        """,
                        row -> new TaxSubtotal(
                                TaxTreatment.valueOf(row.text("treatment")),
                                row.text("place"),
                                LineTax.percent(row.decimal("rate")),
                                row.flag("included"),
                                new Money(row.decimal("base"), currency),
                                new Money(row.decimal("charged"), currency),
                                new Money(row.decimal("tax"), currency),
                                TaxComponents.of(row.text("parts"))),
                        id)
                .stream()
                .sorted(ORDER)
                .toList();
    }
}
