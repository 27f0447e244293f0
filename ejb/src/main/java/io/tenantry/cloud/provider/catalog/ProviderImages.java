package io.tenantry.cloud.provider.catalog;

import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.query.SortOrder;
import io.tenantry.kernel.query.SqlConditions;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.text.InputText;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A provider's images, and the reseller's names under which they are offered. */
@Stateless
public class ProviderImages {
    /** Filter: {@code offered}, {@code unoffered} or {@code deprecated}. */
    public static final String STATE = "state";

    private static final int NAME_MAX = 80;

    private static final SortOrder SORTING = new SortOrder(
            Map.of("name", "lower(i.name)", "family", "lower(i.family)", "own", "lower(i.display_name)"),
            "i.account_id, lower(i.family), lower(i.name)",
            "i.code, i.id");

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /**
     * An image.
     *
     * @param ownName the name under which it is offered; empty if it is not offered
     */
    public record Image(
            UUID id,
            String account,
            String code,
            String name,
            String family,
            int diskMinGib,
            boolean deprecated,
            Optional<String> ownName,
            Optional<Instant> goneAt) {}

    /** Returns a page of the images. */
    public ResultPage<Image> find(ListQuery listQuery) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        var sqlConditions = conditions(listQuery);
        var total = sql.one(
                "select count(*)::int n from provider_image i" + sqlConditions.sql(),
                row -> row.whole("n"),
                sqlConditions.parameters());
        return total == 0
                ? ResultPage.nothing()
                : new ResultPage<>(
                        sql.query(
                                """
                                select i.id, a.name account, i.code, i.name, i.family, i.disk_min_gib, i.deprecated, i.display_name, i.removed_at
                                  from provider_image i
                                  join provider_account a on a.id = i.account_id
                                """ + sqlConditions.sql() + " order by " + SORTING.of(listQuery) + " limit ? offset ?",
                                ProviderImages::image,
                                sqlConditions.parameters(listQuery.limit(), listQuery.first())),
                        total);
    }

    /**
     * Offers images under names; an image whose name is blank is no longer offered.
     *
     * @param names by ID; longer ones are truncated
     * @return the number of changed names
     */
    public int name(Map<UUID, String> names) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        var changed = 0;
        for (var one : names.entrySet()) {
            var name = InputText.foreignLine(one.getValue());
            changed += sql.update("""
                    update provider_image set display_name = nullif(?, '')
                     where id = ? and display_name is distinct from nullif(?, '')
                    """, InputText.cut(name, NAME_MAX), one.getKey(), InputText.cut(name, NAME_MAX));
        }
        if (changed > 0) {
            audit.record("provider.images_changed", "provider_image", "", Map.of("images", changed));
        }
        return changed;
    }

    /** Returns the images that an account's servers can start with, under the reseller's names. Requires no permission. */
    public List<ProviderCatalog.Image> offered(UUID accountId) {
        return sql.query(
                """
                select code, display_name, family, disk_min_gib, deprecated
                  from provider_image
                 where account_id = ? and display_name is not null and removed_at is null
                 order by lower(display_name), code desc
                """,
                row -> new ProviderCatalog.Image(
                        row.text("code"),
                        row.text("display_name"),
                        row.text("family"),
                        row.whole("disk_min_gib"),
                        row.flag("deprecated")),
                accountId);
    }

    private static SqlConditions conditions(ListQuery listQuery) {
        var sqlConditions = new SqlConditions()
                .and(listQuery.filter(ProviderSizes.ACCOUNT).flatMap(ProviderSizes::id), "i.account_id = ?")
                .and(
                        Optional.of(listQuery.search().toLowerCase(Locale.ROOT)).filter(text -> !text.isEmpty()),
                        "strpos(lower(i.name), ?) > 0 or strpos(lower(i.display_name), ?) > 0");
        return switch (listQuery.filter(STATE).orElse("")) {
            case "offered" -> sqlConditions.and("i.display_name is not null");
            case "unoffered" -> sqlConditions.and("i.display_name is null");
            case "deprecated" -> sqlConditions.and("i.deprecated or i.removed_at is not null");
            default -> sqlConditions;
        };
    }

    private static Image image(Row row) {
        return new Image(
                row.uuid("id"),
                row.text("account"),
                row.text("code"),
                row.text("name"),
                row.text("family"),
                row.whole("disk_min_gib"),
                row.flag("deprecated"),
                row.maybeText("display_name"),
                row.maybeInstant("removed_at"));
    }
}
