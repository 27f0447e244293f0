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
 * A part of a document that is taxed in one way. Its tax is reckoned once, from what its lines come to together, and rounded once, as the law
 * has it; what hours took differs from it by less than a cent.
 *
 * @param place whose tax it is; the buyer's country where none is owed
 * @param percent zero unless it is taxed
 * @param isIncluded whether the tax is in the amounts of its lines, or comes upon them
 * @param base what its lines come to without tax
 * @param taken what the wallet paid in tax for them
 * @param tax what they bear
 * @param split the taxes that the percentage is made of
 */
public record TaxSubtotal(
        TaxTreatment treatment,
        String place,
        BigDecimal percent,
        boolean isIncluded,
        Money base,
        Money taken,
        Money tax,
        TaxComponents split) {
    private static final Comparator<TaxSubtotal> ORDER = Comparator.comparing(TaxSubtotal::percent)
            .reversed()
            .thenComparing(TaxSubtotal::treatment)
            .thenComparing(TaxSubtotal::place)
            .thenComparing(TaxSubtotal::isIncluded);

    /** At a rate that is one tax. */
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
     * One of the taxes that a part bears.
     *
     * @param percent of the base, or where it is compound of the base and the taxes before it
     */
    public record TaxComponent(String name, BigDecimal percent, boolean isCompound, Money tax) {}

    /** The taxes that it bears, which come to its tax; none where that is one. */
    public List<TaxComponent> pieces() {
        var currency = tax.currency();
        var amounts = split.amounts(base.amount(), tax.amount(), currency.getDefaultFractionDigits());
        return IntStream.range(0, amounts.size())
                .mapToObj(place -> {
                    var piece = split.pieces().get(place);
                    return new TaxComponent(
                            piece.name(), piece.percent(), piece.isCompound(), new Money(amounts.get(place), currency));
                })
                .toList();
    }

    /** Those of a draft. The database does the same when it issues a document; tests hold the two equal. */
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

    /** Those of a document that was issued, as they were then. */
    static List<TaxSubtotal> ofDocument(Sql sql, UUID id, Currency currency) {
        return sql
                .query(
                        """
                        select t.treatment, t.place, t.rate, t.included, t.parts, n.base, n.taken, n.tax
                          from invoice_tax n
                          join applied_tax t on t.id = n.tax_id
                         where n.invoice_id = ?
                        """,
                        row -> new TaxSubtotal(
                                TaxTreatment.valueOf(row.text("treatment")),
                                row.text("place"),
                                LineTax.percent(row.decimal("rate")),
                                row.flag("included"),
                                new Money(row.decimal("base"), currency),
                                new Money(row.decimal("taken"), currency),
                                new Money(row.decimal("tax"), currency),
                                TaxComponents.of(row.text("parts"))),
                        id)
                .stream()
                .sorted(ORDER)
                .toList();
    }
}
