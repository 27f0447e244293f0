package io.tenantry.web.portal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The steps on the way to an order, one after the other. */
public enum OrderStep {
    PLAN,
    REGION,
    /** The operating system, and what runs at its first start. */
    SYSTEM,
    KEYS,
    /** What it is to have besides, where there is anything. */
    OPTIONS,
    REVIEW;

    static final List<OrderStep> ALL = List.of(values());

    /** As addresses name it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The steps of an order that has options to choose, or has none. */
    static List<OrderStep> all(boolean withOptions) {
        return ALL.stream().filter(step -> withOptions || step != OPTIONS).toList();
    }

    /** The one before, of those; of the first, itself. */
    OrderStep before(List<OrderStep> steps) {
        return steps.get(Math.max(0, steps.indexOf(this) - 1));
    }

    /** The one after, of those; of the last, itself. */
    OrderStep after(List<OrderStep> steps) {
        return steps.get(Math.min(steps.size() - 1, steps.indexOf(this) + 1));
    }

    /** What its own form says, and does not take along. */
    List<String> fields() {
        return switch (this) {
            case SYSTEM -> List.of(OrderAddress.STEP, OrderAddress.IMAGE, OrderAddress.SCRIPT);
            case KEYS -> List.of(OrderAddress.STEP, OrderAddress.KEY);
            case OPTIONS ->
                List.of(OrderAddress.STEP, OrderAddress.BACKUPS, OrderAddress.VOLUME, OrderAddress.ADDRESSES);
            case PLAN, REGION, REVIEW -> List.of(OrderAddress.STEP);
        };
    }

    static Optional<OrderStep> of(String code) {
        return ALL.stream().filter(step -> step.code().equals(code)).findFirst();
    }
}
