package io.tenantry.billing.bank.statement;

/** Decimal separator of numbers. */
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
