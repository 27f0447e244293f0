package io.tenantry.billing.bank.statement;

/** What stands before the decimals of a number. */
public enum DecimalMark {
    COMMA(','),
    POINT('.');

    private final char sign;

    DecimalMark(char sign) {
        this.sign = sign;
    }

    char sign() {
        return sign;
    }
}
