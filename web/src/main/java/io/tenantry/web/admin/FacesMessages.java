package io.tenantry.web.admin;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIInput;
import jakarta.faces.context.FacesContext;

/** Messages that a page shows after an action: as a toast, or at a field. */
final class FacesMessages {
    private FacesMessages() {}

    static void done(String text) {
        add(FacesMessage.SEVERITY_INFO, text);
    }

    static void refused(String text) {
        add(FacesMessage.SEVERITY_ERROR, text);
    }

    /** Adds a message to a field that describes what is wrong with its value; the field displays it. */
    static void at(String clientId, String text) {
        var context = FacesContext.getCurrentInstance();
        context.addMessage(clientId, new FacesMessage(FacesMessage.SEVERITY_ERROR, text, null));
        context.validationFailed();
        if (context.getViewRoot().findComponent(clientId) instanceof UIInput input) {
            input.setValid(false);
        }
    }

    private static void add(FacesMessage.Severity severity, String text) {
        FacesContext.getCurrentInstance().addMessage(null, new FacesMessage(severity, text, null));
    }
}
