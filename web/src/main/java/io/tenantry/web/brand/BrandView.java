package io.tenantry.web.brand;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import io.tenantry.brand.Contact;
import io.tenantry.brand.FooterLink;
import io.tenantry.brand.LegalTexts;
import io.tenantry.brand.Palette;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The brand of the page. If it cannot be read (the database is unavailable, which is when error pages are shown), a neutral style replaces it:
 * the platform's own on its host, a nameless one elsewhere.
 */
@RequestScoped
@Named("brand")
public class BrandView {
    private static final Logger LOG = System.getLogger(BrandView.class.getName());

    @Inject
    Brands brands;

    @Inject
    LegalTexts legalTexts;

    @Inject
    HttpServletRequest request;

    private @Nullable Brand brand;
    private @Nullable List<LegalTexts.Kind> legal;

    /** Returns the name of the brand. */
    public String getName() {
        return brand().name();
    }

    /** Returns the initial of the name, for brands without a logo. */
    public String getInitial() {
        return getName().substring(0, getName().offsetByCodePoints(0, 1));
    }

    public boolean isHasLogo() {
        return brand().brandImages().logo().isPresent();
    }

    /** Returns the address of the logo. */
    public String getLogo() {
        return brand().brandImages().logo().map(BrandView::address).orElse("");
    }

    /** Returns the address of the logo for dark backgrounds; that of the other logo if there is none. */
    public String getLogoDark() {
        return brand().brandImages().logoDark().map(BrandView::address).orElseGet(this::getLogo);
    }

    /** Whether there is a separate logo for dark backgrounds. */
    public boolean isHasLogoDark() {
        return brand().brandImages().logoDark().isPresent();
    }

    /** Returns the name of the backdrop behind the brand's texts. */
    public String getBackdrop() {
        return brand().style().backdrop().name().toLowerCase(Locale.ROOT);
    }

    /** Returns the contact details of the brand. */
    public Contact getContact() {
        return brand().contact();
    }

    /** Returns the links in the footer of public pages. */
    public List<FooterLink> getLinks() {
        return brand().links();
    }

    /** Returns the legal texts that exist. */
    public List<LegalTexts.Kind> getLegal() {
        var known = legal;
        if (known == null) {
            known = texts();
            legal = known;
        }
        return known;
    }

    /** Returns the color of the browser's frame, light. */
    public String getFrameLight() {
        return Palette.of(brand()).light().surface().hex();
    }

    /** Returns the color of the browser's frame, dark. */
    public String getFrameDark() {
        return Palette.of(brand()).dark().surface().hex();
    }

    /** Returns the version, which is part of the addresses of resources derived from the brand. */
    public long getVersion() {
        return brand().version();
    }

    Brand brand() {
        var known = brand;
        if (known == null) {
            known = read();
            brand = known;
        }
        return known;
    }

    private Brand read() {
        try {
            return brands.current();
        } catch (EJBException failure) {
            LOG.log(Level.WARNING, "brand not readable, showing the neutral one", failure);
            var isPlatform = Tenancy.current().filter(Scope.PLATFORM::equals).isPresent();
            return isPlatform ? Brand.TENANTRY : Brand.standIn(request.getServerName());
        }
    }

    private List<LegalTexts.Kind> texts() {
        try {
            return legalTexts.kinds();
        } catch (EJBException failure) {
            LOG.log(Level.WARNING, "legal texts not readable", failure);
            return List.of();
        }
    }

    private static String address(UUID picture) {
        return "/brand/picture?id=" + picture;
    }
}
