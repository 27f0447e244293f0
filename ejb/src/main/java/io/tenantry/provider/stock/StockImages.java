package io.tenantry.provider.stock;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.listing.Conditions;
import io.tenantry.listing.Found;
import io.tenantry.listing.Sorting;
import io.tenantry.listing.Wish;
import io.tenantry.provider.Catalogue;
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

/** Systems of a vendor, and under which names of the reseller's own they are offered. */
@Stateless
public class StockImages {
    /** Filter: {@code offered}, {@code unoffered} or {@code retiring}. */
    public static final String STATE = "state";

    private static final int NAME_MAX = 80;

    private static final Sorting SORTING = new Sorting(
            Map.of("name", "lower(i.name)", "family", "lower(i.family)", "own", "lower(i.own_name)"),
            "i.account_id, lower(i.family), lower(i.name)",
            "i.code, i.id");

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    /**
     * A system.
     *
     * @param ownName what it is offered as; empty while it is not
     */
    public record Image(
            UUID id,
            String account,
            String code,
            String name,
            String family,
            int diskMinGib,
            boolean retiring,
            Optional<String> ownName,
            Optional<Instant> goneAt) {}

    /** A part of the systems. */
    public Found<Image> find(Wish wish) {
        access.require(Permission.STAFF_PROVIDERS_VIEW);
        var conditions = conditions(wish);
        var total = sql.one(
                "select count(*)::int n from stock_image i" + conditions.sql(),
                row -> row.whole("n"),
                conditions.parameters());
        return total == 0
                ? Found.nothing()
                : new Found<>(
                        sql.query(
                                """
                                select i.id, a.name account, i.code, i.name, i.family, i.disk_min_gib, i.retiring, i.own_name, i.gone_at
                                  from stock_image i
                                  join provider_account a on a.id = i.account_id
                                """ + conditions.sql() + " order by " + SORTING.of(wish) + " limit ? offset ?",
                                StockImages::image,
                                conditions.parameters(wish.limit(), wish.first())),
                        total);
    }

    /**
     * Offers systems under names; one whose name is blank is not offered any more.
     *
     * @param names by id; longer ones are cut
     * @return how many are others than before
     */
    public int name(Map<UUID, String> names) {
        access.require(Permission.STAFF_PLANS_MANAGE);
        var changed = 0;
        for (var one : names.entrySet()) {
            var name = InputText.foreignLine(one.getValue());
            changed += sql.update("""
                    update stock_image set own_name = nullif(?, '')
                     where id = ? and own_name is distinct from nullif(?, '')
                    """, InputText.cut(name, NAME_MAX), one.getKey(), InputText.cut(name, NAME_MAX));
        }
        if (changed > 0) {
            audit.record("provider.images_named", "stock_image", "", Map.of("images", changed));
        }
        return changed;
    }

    /** What an account's servers can begin with, under the reseller's own names. Anybody may know. */
    public List<Catalogue.Image> offered(UUID accountId) {
        return sql.query(
                """
                select code, own_name, family, disk_min_gib, retiring
                  from stock_image
                 where account_id = ? and own_name is not null and gone_at is null
                 order by lower(own_name), code desc
                """,
                row -> new Catalogue.Image(
                        row.text("code"),
                        row.text("own_name"),
                        row.text("family"),
                        row.whole("disk_min_gib"),
                        row.flag("retiring")),
                accountId);
    }

    private static Conditions conditions(Wish wish) {
        var conditions = new Conditions()
                .and(wish.filter(Stock.ACCOUNT).flatMap(Stock::id), "i.account_id = ?")
                .and(
                        Optional.of(wish.search().toLowerCase(Locale.ROOT)).filter(text -> !text.isEmpty()),
                        "strpos(lower(i.name), ?) > 0 or strpos(lower(i.own_name), ?) > 0");
        return switch (wish.filter(STATE).orElse("")) {
            case "offered" -> conditions.and("i.own_name is not null");
            case "unoffered" -> conditions.and("i.own_name is null");
            case "retiring" -> conditions.and("i.retiring or i.gone_at is not null");
            default -> conditions;
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
                row.flag("retiring"),
                row.maybeText("own_name"),
                row.maybeInstant("gone_at"));
    }
}
