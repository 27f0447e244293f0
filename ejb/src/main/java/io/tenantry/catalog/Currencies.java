package io.tenantry.catalog;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Currency;
import java.util.List;
import java.util.stream.Stream;

/**
 * The currencies in which the current reseller sells: the home currency of its ledger, and further ones, each with separate prices. Checks no
 * permission: this is public.
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

    /** Returns the home currency. */
    public Currency home() {
        return tenants.current().currency();
    }

    /**
     * A currency in which customers pay.
     *
     * @param isOpen whether new customers can choose it
     */
    public record CustomerCurrency(Currency currency, boolean isOpen) {}

    /** Returns all currencies in which customers pay, the home currency first. */
    public List<CustomerCurrency> known() {
        return Stream.concat(
                        Stream.of(new CustomerCurrency(home(), true)),
                        sql
                                .query(
                                        "select code, closed_at is null as open from sales_currency order by code",
                                        row -> new CustomerCurrency(
                                                Currency.getInstance(row.text("code")), row.flag("open")))
                                .stream())
                .toList();
    }

    /** Returns the currencies that new customers can choose, the home currency first. */
    public List<Currency> sold() {
        return known().stream()
                .filter(CustomerCurrency::isOpen)
                .map(CustomerCurrency::currency)
                .toList();
    }

    /** Whether new customers can choose the currency. */
    public boolean isSold(Currency currency) {
        return sold().contains(currency);
    }

    /** Returns all currencies in which customers pay, including those closed to new customers, the home currency first. */
    public List<Currency> all() {
        return known().stream().map(CustomerCurrency::currency).toList();
    }

    /** Returns all currencies except the home currency. */
    public List<Currency> others() {
        return known().stream().skip(1).map(CustomerCurrency::currency).toList();
    }
}
