package io.tenantry.web.http;

import jakarta.faces.application.Application;
import jakarta.faces.application.ApplicationFactory;
import jakarta.faces.application.ApplicationWrapper;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PostConstructViewMapEvent;
import jakarta.faces.event.SystemEvent;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An application wrapper that prevents sessions for pages without state. PrimeFaces stores each response's nonce in the view's map, and Faces
 * creates a session for such a map so that beans can be stored in it; pages of the storefront and error pages have no such beans, so the
 * creation of their map is not published. This happens before the page is built, so its template ({@code isStateless}) is not known yet;
 * building it early would make Faces build it twice and store all of its state.
 */
public class StatelessViews extends ApplicationWrapper {
    /** The pages that use {@code storefront.xhtml}. */
    static final Set<String> STOREFRONT = Set.of(
            "/contact.xhtml",
            "/faq.xhtml",
            "/home.xhtml",
            "/legal.xhtml",
            "/plans.xhtml",
            "/regions.xhtml",
            "/register.xhtml",
            "/status.xhtml");

    /** The pages that use {@code message.xhtml}. */
    static final String NOTICES = "/WEB-INF/errorpages/";

    /** A factory that wraps the application object of Faces. */
    public static class Factory extends ApplicationFactory {
        private Application around;

        /** Creates the factory, as Faces requires it. */
        public Factory(ApplicationFactory wrapped) {
            super(wrapped);
            around = new StatelessViews(wrapped.getApplication());
        }

        @Override
        public Application getApplication() {
            return around;
        }

        @Override
        public void setApplication(Application application) {
            getWrapped().setApplication(application);
            around = new StatelessViews(getWrapped().getApplication());
        }
    }

    StatelessViews(Application wrapped) {
        super(wrapped);
    }

    @Override
    public void publishEvent(
            FacesContext context, Class<? extends SystemEvent> event, Class<?> sourceClass, Object source) {
        var isStateless = source instanceof UIViewRoot view && isStateless(view.getViewId());
        if (isStateless && PostConstructViewMapEvent.class.equals(event)) {
            return;
        }
        super.publishEvent(context, event, sourceClass, source);
    }

    private static boolean isStateless(@Nullable String view) {
        return view != null && (STOREFRONT.contains(view) || view.startsWith(NOTICES));
    }
}
