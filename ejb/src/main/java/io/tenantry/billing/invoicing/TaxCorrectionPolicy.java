package io.tenantry.billing.invoicing;

import io.tenantry.tenancy.Sql;

/** Whether the reseller has tax corrected automatically when VIES confirms a number. */
final class TaxCorrectionPolicy {
    private final Sql sql;

    TaxCorrectionPolicy(Sql sql) {
        this.sql = sql;
    }

    boolean isAutomatic() {
        return sql.one("select automatic from tax_correction_policy", row -> row.flag("automatic"));
    }

    /** Sets it, and returns whether that was a change. */
    boolean setAutomatic(boolean isAutomatic) {
        return sql.update(
                        "update tax_correction_policy set automatic = ? where automatic <> ?", isAutomatic, isAutomatic)
                > 0;
    }
}
