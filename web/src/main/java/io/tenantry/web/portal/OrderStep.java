package io.tenantry.web.portal;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The steps of an order, in sequence. */
public enum OrderStep {
    PLAN,
    REGION,
    /** The image, and the script at its first start. */
    IMAGE,
    KEYS,
    /** The add-ons, where there are any. */
    ADDONS,
    REVIEW;

    static final List<OrderStep> ALL = List.of(values());

    /** Returns the step as addresses name it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the steps of an order with or without add-ons to choose. */
    static List<OrderStep> all(boolean withOptions) {
        return ALL.stream().filter(step -> withOptions || step != ADDONS).toList();
    }

    /** Returns the previous one of the steps; for the first, the step itself. */
    OrderStep before(List<OrderStep> steps) {
        return steps.get(Math.max(0, steps.indexOf(this) - 1));
    }

    /** Returns the next one of the steps; for the last, the step itself. */
    OrderStep after(List<OrderStep> steps) {
        return steps.get(Math.min(steps.size() - 1, steps.indexOf(this) + 1));
    }

    /** Returns the parameters that the step's own form submits, which are therefore not passed on. */
    List<String> fields() {
        return switch (this) {
            case IMAGE -> List.of(OrderAddress.STEP, OrderAddress.IMAGE, OrderAddress.SCRIPT);
            case KEYS -> List.of(OrderAddress.STEP, OrderAddress.KEY);
            case ADDONS ->
                List.of(OrderAddress.STEP, OrderAddress.BACKUPS, OrderAddress.VOLUME, OrderAddress.ADDRESSES);
            case PLAN, REGION, REVIEW -> List.of(OrderAddress.STEP);
        };
    }

    static Optional<OrderStep> of(String code) {
        return ALL.stream().filter(step -> step.code().equals(code)).findFirst();
    }
}
