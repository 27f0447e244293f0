package io.tenantry.web.edge;

import jakarta.faces.application.Application;
import jakarta.faces.application.ApplicationFactory;
import jakarta.faces.application.ApplicationWrapper;
import jakarta.faces.component.UIViewRoot;
import jakarta.faces.context.FacesContext;
import jakarta.faces.event.PhaseId;
import jakarta.faces.event.PostConstructViewMapEvent;
import jakarta.faces.event.SystemEvent;
import java.io.IOException;

/**
 * A page without state needs no session. PrimeFaces keeps each response's nonce in the view's map, and Faces opens a session for such a map so that
 * beans can live in it; a stateless view ({@code isStateless} of the template) has none, so nobody hears of its map.
 */
public class StatelessViews extends ApplicationWrapper {
    private static final System.Logger LOG = System.getLogger(StatelessViews.class.getName());

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
        if (PostConstructViewMapEvent.class.equals(event)
                && source instanceof UIViewRoot view
                && isStateless(context, view)) {
            return;
        }
        super.publishEvent(context, event, sourceClass, source);
    }

    /** Whether it says so of itself: it must be built for that, which Faces then does no second time. */
    private static boolean isStateless(FacesContext context, UIViewRoot view) {
        if (!PhaseId.RENDER_RESPONSE.equals(context.getCurrentPhaseId())) {
            return false;
        }
        try {
            context.getApplication()
                    .getViewHandler()
                    .getViewDeclarationLanguage(context, view.getViewId())
                    .buildView(context, view);
        } catch (IOException | RuntimeException failure) {
            // Rendering fails in the same way, and shows the page of the failure.
            LOG.log(System.Logger.Level.DEBUG, "view not built", failure);
        }
        return view.isTransient();
    }
}
