package io.tenantry.paper;

import io.tenantry.brand.Brands;
import io.tenantry.brand.Colour;
import io.tenantry.identity.Access;
import io.tenantry.identity.Permission;
import io.tenantry.invoicing.Address;
import io.tenantry.invoicing.Parties;
import io.tenantry.invoicing.Seller;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * A document that was never issued, to see what a template makes of one. It is printed as documents are, so that it shows what they will be; nothing
 * is kept of it and no number is taken.
 */
@Stateless
public class Specimens {
    private static final float DOTS_PER_INCH = 110;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    @Inject
    Parties parties;

    @Inject
    Brands brands;

    /** For the container. */
    public Specimens() {}

    /** For use outside a container. */
    public Specimens(Clock clock, Access access, TenantDirectory tenants, Parties parties, Brands brands) {
        this.clock = clock;
        this.access = access;
        this.tenants = tenants;
        this.parties = parties;
        this.brands = brands;
    }

    /** The first page as a picture, and how many there are. */
    public record Picture(byte[] png, int pages) {}

    /** The colour of what stands out on documents as long as a template has none of its own. */
    public Colour accent() {
        access.require(Permission.STAFF_WALLETS_VIEW);
        return Letterhead.of(brands, Template.NONE).accent();
    }

    /**
     * What documents would look like.
     *
     * @param template a draft, in bounds
     * @throws IllegalArgumentException if texts of it are too long, or its days to pay too many
     */
    public Picture picture(Template template, Template.Language language) {
        access.require(Permission.STAFF_WALLETS_VIEW);
        if (!template.isFit()) {
            throw new IllegalArgumentException("out of bounds: " + template.faults());
        }
        var letterhead = Letterhead.of(brands, template);
        var words = new PaperWords(locale(language), tenants.current().zone());
        var seller = parties.seller().orElseGet(() -> standIn(letterhead.brand().name()));
        return drawn(pdf(letterhead, words, seller));
    }

    /** As customers have documents in that language. */
    private Locale locale(Template.Language language) {
        var own = tenants.current().locale();
        return Template.Language.of(own) == language ? own : Locale.forLanguageTag(language.tag());
    }

    /** As long as the reseller has not said who it is. */
    private static Seller standIn(String name) {
        return new Seller(new Address(name, "", "", "", ""), "", "", "", "", "", "", "", "", "");
    }

    private byte[] pdf(Letterhead letterhead, PaperWords words, Seller seller) {
        var currency = tenants.current().currency();
        var paper = new SpecimenPaper(words, currency, clock.instant(), letterhead.template()).of(seller);
        var head = paper.issued().orElseThrow();
        var page = new PaperPage(letterhead, words);
        var facts = new Pdf.Facts(
                page.title(head), seller.address().name(), words.locale().toLanguageTag(), head.issuedAt());
        return Pdf.of(page.specimen(head, seller, paper), facts, Optional.empty());
    }

    private static Picture drawn(byte[] content) {
        var out = new ByteArrayOutputStream();
        try (var pdf = Loader.loadPDF(content)) {
            ImageIO.write(new PDFRenderer(pdf).renderImageWithDPI(0, DOTS_PER_INCH, ImageType.RGB), "png", out);
            return new Picture(out.toByteArray(), pdf.getNumberOfPages());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
