package io.tenantry.provisioning;

import io.tenantry.catalog.Catalog;
import io.tenantry.identity.Access;
import io.tenantry.launch.SshKeys;
import io.tenantry.launch.StartScripts;
import io.tenantry.provider.account.Desk;
import io.tenantry.provider.stock.StockImages;
import io.tenantry.wallet.Wallets;
import java.util.Optional;
import java.util.UUID;

/** Where a customer orders, by the use case itself, what {@link Making} makes. */
final class Counter {
    final Making making;
    final Services services = new Services();
    final SshKeys keys;
    final StartScripts scripts;
    final Images images;
    final UUID plan;

    Counter(String slug) {
        making = new Making(slug);
        var sql = making.books.sql;
        var clock = making.books.clock;
        var access = new Access(sql);
        keys = new SshKeys(sql, clock, access, making.audit);
        scripts = new StartScripts(sql, clock, access, making.audit);
        images = new Images(making.upstreams, new StockImages());
        var catalog = new Catalog();
        Desk.inject(catalog, "sql", sql);
        Desk.inject(catalog, "clock", clock);
        services.sql = sql;
        services.clock = clock;
        services.access = access;
        services.audit = making.audit;
        services.catalog = catalog;
        services.wallets = new Wallets(sql, clock, making.books.ledger);
        services.upstreams = making.upstreams;
        services.lives = making.lives;
        services.quotas = new Quotas(sql);
        services.beginnings = new Beginnings(sql, making.upstreams, images, keys, scripts);
        services.wishes = making.wishes;
        services.holds = making.holds;
        services.items = making.desk.items;
        plan = making.plan;
        making.books.in(() -> sql.update("insert into plan_region (plan_id, region) values (?, 'fra')", plan));
    }

    /** A customer with ten euros. */
    UUID customer() {
        var wallet = making.books.wallet("10");
        return making.books.in(() -> making.organization(wallet));
    }

    SshKeys.Key key(UUID customer, String name, String line) {
        return making.books.in(() -> ((SshKeys.Outcome.Added) keys.add(customer, name, line)).key());
    }

    StartScripts.Script script(UUID customer, String text) {
        return making.books.in(
                () -> ((StartScripts.Outcome.Kept) scripts.keep(customer, Optional.empty(), "Script", text)).script());
    }

    Services.Outcome order(UUID customer, Beginning beginning) {
        return making.books.in(() -> services.order(new Order(customer, "web", plan, "fra", beginning)));
    }

    UUID ordered(UUID customer, Beginning beginning) {
        return ((Services.Outcome.Done) order(customer, beginning)).serviceId();
    }

    /** How many rows of a table there are of a customer's services. */
    int rows(UUID customer, String table, String column) {
        return making.books.in(() -> making.books.sql.one(
                "select count(*)::int n from " + table + " where " + column
                        + " in (select id from service where organization_id = ?)",
                row -> row.whole("n"),
                customer));
    }
}
