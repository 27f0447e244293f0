package io.tenantry.bank.statement;

import io.tenantry.bank.statement.StatementRow.Booked;
import io.tenantry.bank.statement.StatementRow.ReviewReason;
import java.util.HashSet;
import java.util.List;

/** Finds what a file gives twice. Rows without a reference of the bank may be alike and still be two payments; those with one are the same. */
final class Duplicates {
    private Duplicates() {}

    /** Replaces each that came before in the same file by a review. */
    static void review(List<StatementRow> rows) {
        var seen = new HashSet<BankTransaction>();
        rows.replaceAll(row -> row instanceof Booked booked
                        && !booked.transaction().bankReference().isEmpty()
                        && !seen.add(booked.transaction())
                ? repeated(row)
                : row);
    }

    static StatementRow repeated(StatementRow row) {
        return row instanceof Booked booked ? RunningBalance.review(booked, ReviewReason.DUPLICATE, true) : row;
    }
}
