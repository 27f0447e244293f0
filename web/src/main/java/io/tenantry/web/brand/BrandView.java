package io.tenantry.web.brand;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * The brand of the page. When it cannot be read (the database is away, which is when error pages are shown), the platform's
 * neutral look stands in.
 */
@RequestScoped
@Named("brand")
public class BrandView {
    private static final Logger LOG = System.getLogger(BrandView.class.getName());

    @Inject
    Brands brands;

    private @Nullable Brand brand;

    /** What it calls itself. */
    public String getName() {
        return brand().name();
    }

    /** The first letter of the name, for want of a logo. */
    public String getInitial() {
        return getName().substring(0, getName().offsetByCodePoints(0, 1));
    }

    public boolean isHasLogo() {
        return brand().hasLogo();
    }

    /** The logo's address. */
    public String getLogo() {
        return "/brand/logo?v=" + getVersion();
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
            return Brand.TENANTRY;
        }
    }
}
