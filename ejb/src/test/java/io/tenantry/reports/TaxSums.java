package io.tenantry.reports;

import io.tenantry.books.BookDays;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.listing.Wish;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.util.List;

/** The report of taxes for tests of other packages, in words. */
public final class TaxSums {
    private TaxSums() {}

    /** Place, treatment, net and tax of the documents of some days. */
    public static List<String> of(Books books, String from, String to) {
        var dues =
                new Dues(books.sql, new Access(books.sql), books.clock, new TenantDirectory(Database.administration()));
        return books.in(() -> dues
                .taxes(dues.days(Wish.of(1).with(BookDays.FROM, from).with(BookDays.TO, to)))
                .stream()
                .map(sum -> sum.place() + " " + sum.treatment() + " "
                        + sum.net().amount().toPlainString() + " "
                        + sum.tax().amount().stripTrailingZeros().toPlainString())
                .toList());
    }
}
