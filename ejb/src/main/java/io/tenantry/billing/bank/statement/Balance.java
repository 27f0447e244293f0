package io.tenantry.billing.bank.statement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/** A balance that a file reports. */
public record Balance(Kind kind, String account, Optional<LocalDate> on, BigDecimal amount, Currency currency) {

    /** Kind of balance. */
    public enum Kind {
        OPENING,
        CLOSING
    }
}
