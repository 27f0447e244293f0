package io.tenantry.billing.bank.statement;

/** What a column of a table of transactions is used for. */
public enum ColumnRole {
    /** When it was booked. */
    DATE,
    /** The booked amount, with its sign or with {@link #DIRECTION}. */
    AMOUNT,
    /** Incoming amounts alone. */
    CREDIT,
    /** Outgoing amounts alone, with or without a sign. */
    DEBIT,
    /** Whether the amount came in or went out. */
    DIRECTION,
    /** Whether it is booked. */
    STATUS,
    CURRENCY,
    /** Name of the other party. */
    PAYER,
    /** Account of the other party. */
    IBAN,
    /** Text of the transfer; several columns are joined. */
    PURPOSE,
    /** What the bank calls the transaction. */
    BANK_REFERENCE,
    /** Whose statement it is. */
    ACCOUNT,
    /** Balance after the transaction. */
    BALANCE,
    /** Fee taken from the transaction. */
    FEE,
    /** Somebody said that it does not matter for what a row is. */
    IGNORED;

    /** Whether several columns may have this role together. */
    public boolean isJoined() {
        return this == PURPOSE || this == PAYER;
    }
}
