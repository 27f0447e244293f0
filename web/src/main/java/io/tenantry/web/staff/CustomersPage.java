package io.tenantry.web.staff;

import io.tenantry.identity.Organizations;
import io.tenantry.identity.Permission;
import io.tenantry.provisioning.Customers;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Paging;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** All customers: search, in parts, with how their money stands. */
@Named
@RequestScoped
public class CustomersPage {
    private static final int ROWS = 25;

    @Inject
    CurrentPerson me;

    @Inject
    Customers customers;

    @Inject
    Organizations organizations;

    private String search = "";
    private int wanted = 1;
    private @Nullable Paging paging;
    private @Nullable List<Customers.Standing> rows;

    /** Whether customers may be shown. */
    public boolean isOpen() {
        return me.may(Permission.STAFF_CUSTOMERS_VIEW) && me.may(Permission.STAFF_WALLETS_VIEW);
    }

    public Paging getPaging() {
        var known = paging;
        if (known == null) {
            known = Paging.of(wanted, ROWS, isOpen() ? organizations.count(search) : 0);
            paging = known;
        }
        return known;
    }

    public List<Customers.Standing> getRows() {
        var known = rows;
        if (known == null) {
            known = isOpen() ? customers.page(search, getPaging().first(), ROWS) : List.of();
            rows = known;
        }
        return known;
    }

    /** Whether the list is narrowed by a search. */
    public boolean isSearched() {
        return !search.isBlank();
    }

    public String getSearch() {
        return search;
    }

    public void setSearch(@Nullable String search) {
        this.search = Objects.requireNonNullElse(search, "");
    }

    public int getWanted() {
        return wanted;
    }

    public void setWanted(int wanted) {
        this.wanted = wanted;
    }
}
