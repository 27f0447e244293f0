package io.tenantry.web.settlement;

import io.tenantry.kernel.money.Money;
import io.tenantry.settlement.FeeTerms;
import io.tenantry.settlement.FeeTerms.Tier;
import io.tenantry.text.DateText;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The fields of fee terms. An empty field counts as zero, but not all of them together. */
public class FeeForm {
    private static final int STEPS = 3;

    private final List<Step> steps = new ArrayList<>();
    private String from = "";
    private @Nullable BigDecimal perService;
    private @Nullable BigDecimal perOrganization;
    private @Nullable BigDecimal minimum;

    FeeForm() {
        for (var i = 0; i < STEPS; i++) {
            steps.add(new Step());
        }
    }

    /** A percentage, and the revenue above which it applies, which is empty for the first. */
    public static class Step {
        private @Nullable BigDecimal above;
        private @Nullable BigDecimal percent;

        public @Nullable BigDecimal getAbove() {
            return above;
        }

        public void setAbove(@Nullable BigDecimal above) {
            this.above = above;
        }

        public @Nullable BigDecimal getPercent() {
            return percent;
        }

        public void setPercent(@Nullable BigDecimal percent) {
            this.percent = percent;
        }
    }

    /** Returns the entered month, if it is valid. */
    Optional<YearMonth> month() {
        return DateText.month(from);
    }

    /** Whether nothing is entered: terms without fees are entered as a zero. */
    boolean isEmpty() {
        return steps.stream().allMatch(step -> step.getAbove() == null && step.getPercent() == null)
                && Stream.of(
                                Optional.ofNullable(perService),
                                Optional.ofNullable(perOrganization),
                                Optional.ofNullable(minimum))
                        .allMatch(Optional::isEmpty);
    }

    /** Returns the numbers of the tiers, from 0, with a revenue but no percentage. */
    List<Integer> withoutPercentage() {
        return IntStream.range(0, steps.size())
                .filter(i -> steps.get(i).getAbove() != null && steps.get(i).getPercent() == null)
                .boxed()
                .toList();
    }

    /** Returns the numbers of the further tiers, from 1, with a percentage but no revenue. */
    List<Integer> withoutRevenue() {
        return IntStream.range(1, steps.size())
                .filter(i -> steps.get(i).getAbove() == null && steps.get(i).getPercent() != null)
                .boxed()
                .toList();
    }

    /**
     * Returns the entered terms, without incomplete tiers.
     *
     * @throws ArithmeticException if an amount has more decimals than the ledger
     */
    FeeTerms terms(Currency currency) {
        var tiers = steps.stream()
                .filter(step -> step.getPercent() != null)
                .map(step -> new Tier(money(step.getAbove(), currency), Objects.requireNonNull(step.getPercent())))
                .toList();
        return new FeeTerms(
                currency,
                tiers,
                money(perService, currency),
                money(perOrganization, currency),
                money(minimum, currency));
    }

    private static Money money(@Nullable BigDecimal amount, Currency currency) {
        return new Money(Objects.requireNonNullElse(amount, BigDecimal.ZERO), currency);
    }

    public List<Step> getSteps() {
        return steps;
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(@Nullable String from) {
        this.from = Objects.requireNonNullElse(from, "");
    }

    public @Nullable BigDecimal getPerService() {
        return perService;
    }

    public void setPerService(@Nullable BigDecimal perService) {
        this.perService = perService;
    }

    public @Nullable BigDecimal getPerOrganization() {
        return perOrganization;
    }

    public void setPerOrganization(@Nullable BigDecimal perOrganization) {
        this.perOrganization = perOrganization;
    }

    public @Nullable BigDecimal getMinimum() {
        return minimum;
    }

    public void setMinimum(@Nullable BigDecimal minimum) {
        this.minimum = minimum;
    }
}
