package io.tenantry.catalog;

import io.tenantry.tenancy.Sql;

/** Regions that other capabilities add. Joins the caller's transaction; asks for no right: part of use cases that did. */
public final class Regions {
    private Regions() {}

    /** Adds a region; one that is there stays as it is. */
    public static void add(Sql sql, Catalog.Region region) {
        sql.update(
                "insert into region (code, name, country) values (?, ?, ?) on conflict (code) do nothing",
                region.code(),
                region.name(),
                region.country());
    }
}
