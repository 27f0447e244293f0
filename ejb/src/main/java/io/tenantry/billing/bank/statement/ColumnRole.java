package io.tenantry.billing.bank.statement;

/** Role of a column in a table of transactions. */
public enum ColumnRole {
    /** Booking date. */
    DATE,
    /** The booked amount, with its sign or with {@link #DIRECTION}. */
    AMOUNT,
    /** Incoming amounts only. */
    CREDIT,
    /** Outgoing amounts only, with or without a sign. */
    DEBIT,
    /** Whether the amount is incoming or outgoing. */
    DIRECTION,
    /** Whether the transaction is booked. */
    STATUS,
    CURRENCY,
    /** Name of the other party. */
    PAYER,
    /** Account of the other party. */
    IBAN,
    /** Text of the transfer; several columns are joined. */
    PURPOSE,
    /** The bank's identifier of the transaction. */
    BANK_REFERENCE,
    /** Account of the statement. */
    ACCOUNT,
    /** Balance after the transaction. */
    BALANCE,
    /** Fee taken from the transaction. */
    FEE,
    /** Marked by a person as irrelevant for the interpretation of a row. */
    IGNORED;

    /** Whether several columns may have this role together. */
    public boolean isJoined() {
        return this == PURPOSE || this == PAYER;
    }
}
