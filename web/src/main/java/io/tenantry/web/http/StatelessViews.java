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
 * A page without state needs no session. PrimeFaces keeps each response's nonce in the view's map, and Faces opens a session for such a map so that
 * beans can live in it; a page of the storefront and one about an error have none, so nobody hears of their map. This happens before the page is built, so its template
 * ({@code isStateless}) cannot be asked yet; building it early would have Faces build it twice and keep all of its state.
 */
public class StatelessViews extends ApplicationWrapper {
    /** The pages of {@code storefront.xhtml}. */
    static final Set<String> STOREFRONT = Set.of(
            "/contact.xhtml",
            "/faq.xhtml",
            "/home.xhtml",
            "/legal.xhtml",
            "/plans.xhtml",
            "/regions.xhtml",
            "/register.xhtml",
            "/status.xhtml");

    /** The pages of {@code notice.xhtml}. */
    static final String NOTICES = "/WEB-INF/errorpages/";

    /** Puts it around the application of Faces. */
    public static class Factory extends ApplicationFactory {
        private Application around;

        /** As Faces makes it. */
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
