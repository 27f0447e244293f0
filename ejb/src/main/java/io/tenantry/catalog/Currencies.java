package io.tenantry.catalog;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;

/**
 * The currencies in which the entered reseller sells: that of its books, and further ones, each with prices of its own. Asks for no
 * right: anybody may know.
 */
@Stateless
public class Currencies {
    @Inject
    Sql sql;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public Currencies() {}

    /** For use outside a container. */
    public Currencies(Sql sql, TenantDirectory tenants) {
        this.sql = sql;
        this.tenants = tenants;
    }

    /** That of the books. */
    public Currency home() {
        return tenants.current().currency();
    }

    /**
     * A currency in which somebody may pay.
     *
     * @param isOpen whether one can begin to pay in it
     */
    public record Known(Currency currency, boolean isOpen) {}

    /** All in which somebody may pay: that of the books first. */
    public List<Known> known() {
        return Stream.concat(
                        Stream.of(new Known(home(), true)),
                        sql
                                .query(
                                        "select code, closed_at is null as open from sales_currency order by code",
                                        row -> new Known(Currency.getInstance(row.text("code")), row.flag("open")))
                                .stream())
                .toList();
    }

    /** Those in which one can begin to pay: that of the books first. */
    public List<Currency> sold() {
        return known().stream().filter(Known::isOpen).map(Known::currency).toList();
    }

    /** Whether one can begin to pay in it. */
    public boolean isSold(Currency currency) {
        return sold().contains(currency);
    }

    /** All in which somebody may pay, those included in which nobody begins any more: that of the books first. */
    public List<Currency> all() {
        return known().stream().map(Known::currency).toList();
    }

    /** All but that of the books. */
    public List<Currency> others() {
        return known().stream().skip(1).map(Known::currency).toList();
    }
}
