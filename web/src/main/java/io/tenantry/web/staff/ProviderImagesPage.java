package io.tenantry.web.staff;

import io.tenantry.cloud.provider.catalog.ProviderImages;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The images of all providers, and the names under which they are offered. */
@Named
@RequestScoped
public class ProviderImagesPage {
    @Inject
    CurrentPerson me;

    @Inject
    ProviderImages images;

    @Inject
    ProviderCatalogColumns columns;

    @Inject
    Tables tables;

    private @Nullable Table<ProviderImages.Image> table;
    private @Nullable Integer changed;

    /** Checks that the user may view provider accounts. */
    public void open() {
        PageResult.load(() -> {
            if (!me.may(Permission.STAFF_PROVIDERS_VIEW)) {
                throw new AccessDeniedException(Permission.STAFF_PROVIDERS_VIEW);
            }
        });
    }

    public Table<ProviderImages.Image> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "stock-images",
                    "/staff/provider-images",
                    List.of(),
                    List.of(
                            Column.of("name", "provider-catalog.image").always(),
                            Column.of("account", "provider-catalog.account").unsorted(),
                            Column.of("family", "provider-catalog.image.family"),
                            Column.of("own", "provider-catalog.own-name").always()),
                    List.of(
                            columns.accounts(),
                            columns.states(
                                    ProviderImages.STATE,
                                    "provider-catalog.offered",
                                    "offered",
                                    "unoffered",
                                    "deprecated")),
                    images::find);
            table = known;
        }
        return known;
    }

    public boolean isManaged() {
        return me.may(Permission.STAFF_PLANS_MANAGE);
    }

    /** Returns the number of images that were just changed, if a change was requested. */
    public @Nullable Integer getChanged() {
        return changed;
    }

    public void setChanged(@Nullable Integer changed) {
        this.changed = changed;
    }
}
