package io.tenantry.brand;

import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The brand of the current scope: a tenant's own, or the platform's, which is built in. */
@Stateless
public class Brands {
    /** The time for which unpublished uploads are kept, as they may still be part of a draft. */
    private static final Duration DRAFT_LIFE = Duration.ofDays(1);

    private static final String SAVE = """
            insert into brand (
                name, primary_colour, secondary_colour, accent_colour, neutral_colour, font, radius, density, backdrop,
                support_email, support_phone, support_url, support_hours, sender_name, sender_address, reply_to,
                footer_labels, footer_urls, logo_id, logo_dark_id, icon_id, backdrop_id, changed_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (one) do update
               set name = excluded.name,
                   primary_colour = excluded.primary_colour,
                   secondary_colour = excluded.secondary_colour,
                   accent_colour = excluded.accent_colour,
                   neutral_colour = excluded.neutral_colour,
                   font = excluded.font,
                   radius = excluded.radius,
                   density = excluded.density,
                   backdrop = excluded.backdrop,
                   support_email = excluded.support_email,
                   support_phone = excluded.support_phone,
                   support_url = excluded.support_url,
                   support_hours = excluded.support_hours,
                   sender_name = excluded.sender_name,
                   sender_address = excluded.sender_address,
                   reply_to = excluded.reply_to,
                   footer_labels = excluded.footer_labels,
                   footer_urls = excluded.footer_urls,
                   logo_id = excluded.logo_id,
                   logo_dark_id = excluded.logo_dark_id,
                   icon_id = excluded.icon_id,
                   backdrop_id = excluded.backdrop_id,
                   changed_at = excluded.changed_at,
                   version = brand.version + 1
             where brand.version = ?
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    /** For the container. */
    public Brands() {}

    /** For use outside a container. */
    public Brands(Sql sql, Clock clock) {
        this.sql = sql;
        this.clock = clock;
    }

    /** A stored picture. */
    public record StoredImage(String mediaType, byte[] content, boolean isPublished) {}

    /** Returns the brand of the current scope; the platform's as long as a tenant has none. */
    public Brand current() {
        return isTenant() ? sql.first("select * from brand", Brands::brand).orElse(Brand.TENANTRY) : Brand.TENANTRY;
    }

    /** Returns a picture of this tenant. */
    public Optional<StoredImage> picture(UUID id) {
        return isTenant()
                ? sql.first(
                        "select media_type, content, published from brand_picture where id = ?",
                        row -> new StoredImage(row.text("media_type"), row.bytes("content"), row.flag("published")),
                        id)
                : Optional.empty();
    }

    /** Saves a brand, if it is based on the version in force (or there is none yet). Increments the version. */
    public boolean save(Brand brand) {
        var brandStyle = brand.style();
        var contact = brand.contact();
        var brandImages = brand.brandImages();
        int saved = sql.update(
                SAVE,
                brand.name(),
                brandStyle.primary().hex(),
                brandStyle.secondary().hex(),
                brandStyle.accent().hex(),
                brandStyle.neutral().hex(),
                brandStyle.font(),
                brandStyle.radius(),
                brandStyle.density(),
                brandStyle.backdrop(),
                contact.email(),
                contact.phone(),
                contact.url(),
                contact.hours(),
                contact.senderName(),
                contact.senderAddress(),
                contact.replyTo(),
                brand.links().stream().map(FooterLink::label).toArray(String[]::new),
                brand.links().stream().map(FooterLink::url).toArray(String[]::new),
                brandImages.logo().orElse(null),
                brandImages.logoDark().orElse(null),
                brandImages.icon().orElse(null),
                brandImages.backdrop().orElse(null),
                clock.instant(),
                brand.version());
        if (saved == 0) {
            return false;
        }
        sql.update("update brand_picture set published = true where id = any (?)", (Object)
                brandImages.ids().toArray(UUID[]::new));
        return true;
    }

    /** Saves a raster logo for a brand just created. */
    public void saveLogo(byte[] png) {
        if (!(ImageUpload.rasterOf(ImageUpload.Kind.LOGO, png) instanceof ImageUpload.Outcome.Accepted made)) {
            throw new IllegalArgumentException("not a logo of this brand");
        }
        var brand = current();
        var brandImages = brand.brandImages();
        save(new Brand(
                brand.name(),
                brand.style(),
                brand.contact(),
                brand.links(),
                new BrandImages(
                        Optional.of(keep(made)), brandImages.logoDark(), brandImages.icon(), brandImages.backdrop()),
                brand.version()));
    }

    /**
     * Stores a picture that no version uses yet; deletes those older than a day that were never used. {@link BrandEditor} checks the
     * permission.
     */
    public UUID keep(ImageUpload.Outcome.Accepted made) {
        sql.update(
                "delete from brand_picture where not published and created_at < ?",
                clock.instant().minus(DRAFT_LIFE));
        var id = Ids.next(clock);
        sql.update("""
                insert into brand_picture (id, media_type, content, width, height, created_at)
                values (?, ?, ?, ?, ?, ?)
                """, id, made.mediaType(), made.content(), made.width(), made.height(), clock.instant());
        return id;
    }

    private static boolean isTenant() {
        return Tenancy.current().flatMap(Scope::tenant).isPresent();
    }

    static Brand brand(Row row) {
        return new Brand(
                row.text("name"),
                new BrandStyle(
                        Colour.of(row.text("primary_colour")),
                        Colour.of(row.text("secondary_colour")),
                        Colour.of(row.text("accent_colour")),
                        Colour.of(row.text("neutral_colour")),
                        Font.valueOf(row.text("font")),
                        row.whole("radius"),
                        Density.valueOf(row.text("density")),
                        SignInBackground.valueOf(row.text("backdrop"))),
                new Contact(
                        row.text("support_email"),
                        row.text("support_phone"),
                        row.text("support_url"),
                        row.text("support_hours"),
                        row.text("sender_name"),
                        row.text("sender_address"),
                        row.text("reply_to")),
                links(row.texts("footer_labels"), row.texts("footer_urls")),
                new BrandImages(
                        row.maybeUuid("logo_id"),
                        row.maybeUuid("logo_dark_id"),
                        row.maybeUuid("icon_id"),
                        row.maybeUuid("backdrop_id")),
                row.big("version"));
    }

    private static List<FooterLink> links(List<String> labels, List<String> urls) {
        var links = new ArrayList<FooterLink>();
        for (var i = 0; i < labels.size(); i++) {
            links.add(new FooterLink(labels.get(i), urls.get(i)));
        }
        return links;
    }
}
