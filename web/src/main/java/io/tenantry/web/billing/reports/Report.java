package io.tenantry.web.billing.reports;

import java.util.Arrays;
import java.util.Locale;

/** A report, by the name that its address has. */
public enum Report {
    REVENUE,
    RECURRING,
    MARGIN,
    TAXES,
    OSS,
    DEBTS,
    WALLETS;

    /** The one that is named; the first otherwise. */
    static Report named(String name) {
        return Arrays.stream(values())
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElse(REVENUE);
    }

    /** What it is called in addresses and among messages. */
    public String getName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether any days can be chosen. */
    public boolean isOfDays() {
        return this == TAXES;
    }

    /** Whether it is of one currency at a time; others are told in that of the books. */
    public boolean isOfCurrency() {
        return this == REVENUE || this == RECURRING || this == DEBTS || this == WALLETS;
    }

    /** Whether it is of one of several months or quarters. */
    public boolean isOfPeriod() {
        return this == MARGIN || this == OSS;
    }
}
