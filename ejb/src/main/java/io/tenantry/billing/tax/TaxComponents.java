package io.tenantry.billing.tax;

import io.tenantry.kernel.money.RoundingAllocator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The taxes that a rate is made of, such as those of a country and of a region, in the order in which they are asked. Hours are charged at the rate; a
 * document says each.
 *
 * @param pieces none where the rate is one tax
 */
public record TaxComponents(List<Piece> pieces) {
    /** One tax. */
    public static final TaxComponents NONE = new TaxComponents(List.of());

    /** How long a tax's name may be. */
    public static final int NAME_MAX = 20;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9 .-]{0," + (NAME_MAX - 1) + "}");
    private static final int PERCENT = 2;

    /**
     * A tax.
     *
     * @param isCompound whether it is upon the taxes before it too
     */
    public record Piece(String name, BigDecimal percent, boolean isCompound) {
        public Piece {
            if (!isName(name)) {
                throw new IllegalArgumentException("no name of a tax: " + name);
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

    /** Whether a tax may be called so. */
    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** As {@link #text()} writes it. */
    public static TaxComponents of(String text) {
        return text.isEmpty()
                ? NONE
                : new TaxComponents(
                        Stream.of(text.split(";")).map(TaxComponents::piece).toList());
    }

    private static Piece piece(String text) {
        var at = text.indexOf('=');
        var rate = text.substring(at + 1);
        return new Piece(text.substring(0, at), new BigDecimal(rate.replace("+", "")), rate.startsWith("+"));
    }

    /** As rows have it: {@code GST=5;QST=9.975}, with a plus before the percentage of one that is upon those before it. */
    String text() {
        return pieces.stream().map(Piece::text).collect(Collectors.joining(";"));
    }

    /** What all of them come to, in percent. */
    BigDecimal percent() {
        return plain(weights().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** What each is of what is taxed, in percent. */
    private List<BigDecimal> weights() {
        var weights = new ArrayList<BigDecimal>();
        var before = BigDecimal.ZERO;
        for (var piece : pieces) {
            var weight = piece.isCompound()
                    ? piece.percent().multiply(BigDecimal.ONE.add(before.movePointLeft(PERCENT)))
                    : piece.percent();
            weights.add(weight);
            before = before.add(weight);
        }
        return weights;
    }

    /**
     * What each is of a document, each less than a smallest unit from what it is exactly.
     *
     * @param base what is taxed
     * @param tax what they come to, with so many decimals
     * @return none where the rate is one tax
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
