package io.tenantry.web.portal;

import io.tenantry.identity.Permission;
import io.tenantry.provisioning.Services;
import io.tenantry.web.shell.Paging;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All services of the organization: search, running or all, in parts. */
@Named
@RequestScoped
public class ServicesPage {
    private static final int ROWS = 25;

    @Inject
    CurrentOrganization organization;

    @Inject
    Services services;

    private String search = "";
    private boolean all;
    private int wanted = 1;
    private @Nullable Paging paging;
    private @Nullable List<Services.Summary> rows;

    /** Whether services may be shown. */
    public boolean isOpen() {
        return organization.may(Permission.VPS_VIEW);
    }

    public Paging getPaging() {
        var known = paging;
        if (known == null) {
            known = Paging.of(wanted, ROWS, isOpen() ? services.count(filter(0)) : 0);
            paging = known;
        }
        return known;
    }

    public List<Services.Summary> getRows() {
        var known = rows;
        if (known == null) {
            known = isOpen() ? services.list(filter(getPaging().first())) : List.of();
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

    public boolean isAll() {
        return all;
    }

    public void setAll(boolean all) {
        this.all = all;
    }

    public int getWanted() {
        return wanted;
    }

    public void setWanted(int wanted) {
        this.wanted = wanted;
    }

    private Services.Filter filter(int first) {
        return new Services.Filter(Optional.of(organization.getId()), !all, search, first, ROWS);
    }
}
