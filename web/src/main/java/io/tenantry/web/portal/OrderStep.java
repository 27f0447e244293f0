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
    REVIEW;

    static final List<OrderStep> ALL = List.of(values());

    /** As addresses name it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Which one it is, from 1. */
    public int number() {
        return ALL.indexOf(this) + 1;
    }

    /** The one before; of the first, itself. */
    OrderStep before() {
        return ALL.get(Math.max(0, ALL.indexOf(this) - 1));
    }

    static Optional<OrderStep> of(String code) {
        return ALL.stream().filter(step -> step.code().equals(code)).findFirst();
    }
}
