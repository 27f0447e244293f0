package io.tenantry.brand;

import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;

/** The brand of the current scope: a tenant's own, or the platform's, which is built in. */
@Stateless
public class Brands {
    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** The brand of the scope that this thread is in; the platform's look as long as a tenant has none. */
    public Brand current() {
        return isTenant()
                ? sql.first(
                                "select name, primary_colour, secondary_colour, accent_colour, radius, logo is not null has_logo,"
                                        + " version from brand",
                                Brands::brand)
                        .orElse(Brand.TENANTRY)
                : Brand.TENANTRY;
    }

    /** The tenant's logo as PNG, if it has one. */
    public Optional<byte[]> logo() {
        return isTenant()
                ? sql.first("select logo from brand where logo is not null", row -> row.bytes("logo"))
                : Optional.empty();
    }

    /** Takes name, colours and corners; the logo stays as it is. The version grows. */
    public void save(Brand brand) {
        sql.update(
                """
                insert into brand (name, primary_colour, secondary_colour, accent_colour, radius, changed_at)
                values (?, ?, ?, ?, ?, ?)
                on conflict (one) do update
                   set name = excluded.name,
                       primary_colour = excluded.primary_colour,
                       secondary_colour = excluded.secondary_colour,
                       accent_colour = excluded.accent_colour,
                       radius = excluded.radius,
                       changed_at = excluded.changed_at,
                       version = brand.version + 1
                """,
                brand.name(),
                brand.primary().hex(),
                brand.secondary().hex(),
                brand.accent().hex(),
                brand.radius(),
                clock.instant());
    }

    /** Takes a logo made by {@link Logo}. The version grows. */
    public void saveLogo(Logo.Outcome.Made logo) {
        sql.update("update brand set logo = ?, version = version + 1, changed_at = ?", logo.png(), clock.instant());
    }

    private static boolean isTenant() {
        return Tenancy.current().flatMap(Scope::tenant).isPresent();
    }

    private static Brand brand(Row row) {
        return new Brand(
                row.text("name"),
                Colour.of(row.text("primary_colour")),
                Colour.of(row.text("secondary_colour")),
                Colour.of(row.text("accent_colour")),
                row.whole("radius"),
                row.flag("has_logo"),
                row.big("version"));
    }
}
