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
 * The brand of the page. When it cannot be read (the database is away, which is when error pages are shown), a neutral look stands in:
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

    /** What it calls itself. */
    public String getName() {
        return brand().name();
    }

    /** The first letter of the name, for want of a logo. */
    public String getInitial() {
        return getName().substring(0, getName().offsetByCodePoints(0, 1));
    }

    public boolean isHasLogo() {
        return brand().brandImages().logo().isPresent();
    }

    /** The logo's address. */
    public String getLogo() {
        return brand().brandImages().logo().map(BrandView::address).orElse("");
    }

    /** The address of the logo for dark grounds; that of the other if there is none. */
    public String getLogoDark() {
        return brand().brandImages().logoDark().map(BrandView::address).orElseGet(this::getLogo);
    }

    /** Whether dark grounds have a logo of their own. */
    public boolean isHasLogoDark() {
        return brand().brandImages().logoDark().isPresent();
    }

    /** The name of what stands behind the brand's words. */
    public String getBackdrop() {
        return brand().look().backdrop().name().toLowerCase(Locale.ROOT);
    }

    /** How to reach the brand. */
    public Contact getContact() {
        return brand().contact();
    }

    /** Links at the foot of public pages. */
    public List<FooterLink> getLinks() {
        return brand().links();
    }

    /** The legal texts that there are. */
    public List<LegalTexts.Kind> getLegal() {
        var known = legal;
        if (known == null) {
            known = texts();
            legal = known;
        }
        return known;
    }

    /** The colour of the browser's own frame, light. */
    public String getFrameLight() {
        return Palette.of(brand()).light().surface().hex();
    }

    /** The same, dark. */
    public String getFrameDark() {
        return Palette.of(brand()).dark().surface().hex();
    }

    /** Part of the addresses of what is drawn from the brand. */
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
