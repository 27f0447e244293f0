package io.tenantry.web.catalog.pricing;

import io.tenantry.catalog.pricing.PriceListQuery;
import io.tenantry.catalog.pricing.PriceListQuery.Change;
import io.tenantry.catalog.pricing.PriceListQuery.Version;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The differences between the displayed version of a price list and another. */
@Named
@RequestScoped
public class PriceListComparison {
    private static final int SHOWN = 200;

    @Inject
    PriceListQuery query;

    @Inject
    PriceListPage page;

    private @Nullable String with;
    private @Nullable List<Change> changes;

    /** Returns the version that it is compared with: the named one, or the previous one that was not withdrawn. */
    public @Nullable Version getBefore() {
        return page.getVersions().stream()
                .filter(one -> one.id().toString().equals(with))
                .findFirst()
                .or(() -> page.getVersions().stream()
                        .filter(one -> one.number() < page.getVersion().number() && !one.isWithdrawn())
                        .findFirst())
                .orElse(null);
    }

    /** Returns the differences, up to the number that a page shows. */
    public List<Change> getChanges() {
        var it = all();
        return it.size() > SHOWN ? it.subList(0, SHOWN) : it;
    }

    /** Returns the number of prices that differ. */
    public int getNumber() {
        return all().size();
    }

    private List<Change> all() {
        var it = changes;
        if (it == null) {
            var before = getBefore();
            it = before == null
                    ? List.of()
                    : query.compare(before.id(), page.getVersion().id());
            changes = it;
        }
        return it;
    }

    /** Returns the id of the version to compare with. */
    public @Nullable String getWith() {
        return with;
    }

    public void setWith(@Nullable String with) {
        this.with = with;
    }
}
