package io.tenantry.billing.tax;

import io.tenantry.kernel.money.RoundingAllocator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The taxes that make up a rate, such as those of a country and of a region, in the order in which they are levied. Hours are charged at the
 * combined rate; a document states each tax.
 *
 * @param pieces empty if the rate is a single tax
 */
public record TaxComponents(List<SingleTax> pieces) {
    /** Components of a rate that is a single tax. */
    public static final TaxComponents NONE = new TaxComponents(List.of());

    /** Maximum length of a tax's name. */
    public static final int NAME_MAX = 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9 .-]{0," + (NAME_MAX - 1) + "}");
    private static final int PERCENT = 2;

    /**
     * A single tax.
     *
     * @param isCompound whether it is also levied on the taxes before it
     */
    public record SingleTax(String name, BigDecimal percent, boolean isCompound) {
        public SingleTax {
            if (!isName(name)) {
                throw new IllegalArgumentException("not a tax name: " + name);
            }
            percent = plain(percent);
        }

        private String text() {
            return name + "=" + (isCompound ? "+" : "") + percent.toPlainString();
        }
    }

    public TaxComponents {
        pieces = List.copyOf(pieces);
    }

    /** Whether a text is a valid name of a tax. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Parses the result of {@link #text()}. */
    public static TaxComponents of(String text) {
        return text.isEmpty()
                ? NONE
                : new TaxComponents(
                        Stream.of(text.split(";")).map(TaxComponents::piece).toList());
    }

    private static SingleTax piece(String text) {
        var at = text.indexOf('=');
        var rate = text.substring(at + 1);
        return new SingleTax(text.substring(0, at), new BigDecimal(rate.replace("+", "")), rate.startsWith("+"));
    }

    /** The stored form: {@code GST=5;QST=9.975}, with a plus before the percentage of a compound tax. */
    String text() {
        return pieces.stream().map(SingleTax::text).collect(Collectors.joining(";"));
    }

    /** The combined rate, in percent. */
    BigDecimal percent() {
        return plain(weights().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** Returns the share of each tax in the taxed amount, in percent. */
    private List<BigDecimal> weights() {
        var weights = new ArrayList<BigDecimal>();
        var before = BigDecimal.ZERO;
        for (var singleTax : pieces) {
            var weight = singleTax.isCompound()
                    ? singleTax.percent().multiply(BigDecimal.ONE.add(before.movePointLeft(PERCENT)))
                    : singleTax.percent();
            weights.add(weight);
            before = before.add(weight);
        }
        return weights;
    }

    /**
     * Splits the tax of a document into its components, each differing by less than the smallest unit from its exact value.
     *
     * @param base the taxed amount
     * @param tax the total tax, with that many decimals
     * @return empty if the rate is a single tax
     */
    public List<BigDecimal> amounts(BigDecimal base, BigDecimal tax, int decimals) {
        return pieces.isEmpty()
                ? List.of()
                : RoundingAllocator.shared(
                        weights().stream()
                                .map(weight -> base.multiply(weight).movePointLeft(PERCENT))
                                .toList(),
                        tax.setScale(decimals),
                        decimals);
    }

    private static BigDecimal plain(BigDecimal number) {
        return number.signum() == 0
                ? BigDecimal.ZERO
                : new BigDecimal(number.stripTrailingZeros().toPlainString());
    }
}
