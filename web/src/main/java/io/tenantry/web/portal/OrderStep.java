package io.tenantry.web.portal;

import java.util.Arrays;
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

    /** As addresses name it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Which one it is, from 1. */
    public int number() {
        return ordinal() + 1;
    }

    static Optional<OrderStep> of(String code) {
        return Arrays.stream(values()).filter(step -> step.code().equals(code)).findFirst();
    }
}
