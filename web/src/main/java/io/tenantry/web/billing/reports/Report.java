package io.tenantry.web.billing.reports;

import java.util.Arrays;
import java.util.Locale;

/** A report, identified by its name in the address. */
public enum Report {
    REVENUE,
    RECURRING,
    MARGIN,
    TAXES,
    OSS,
    DEBTS,
    WALLETS;

    /** Returns the report of a name; the first one otherwise. */
    static Report named(String name) {
        return Arrays.stream(values())
                .filter(one -> one.getName().equals(name))
                .findFirst()
                .orElse(REVENUE);
    }

    /** Returns the name in addresses and message keys. */
    public String getName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it covers a freely chosen period. */
    public boolean isOfDays() {
        return this == TAXES;
    }

    /** Whether it covers one currency at a time; others are converted to that of the ledger. */
    public boolean isOfCurrency() {
        return this == REVENUE || this == RECURRING || this == DEBTS || this == WALLETS;
    }

    /** Whether it covers one of several months or quarters. */
    public boolean isOfPeriod() {
        return this == MARGIN || this == OSS;
    }
}
