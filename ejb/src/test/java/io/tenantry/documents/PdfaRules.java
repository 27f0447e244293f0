package io.tenantry.documents;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.verapdf.core.VeraPDFException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** The rules of PDF/A-3 and of PDF/UA, as implemented by veraPDF. */
final class PdfaRules {
    static {
        VeraGreenfieldFoundryProvider.initialise();
    }

    private PdfaRules() {}

    /** Returns the violations of a file, each with the number of the rule. */
    static List<String> violations(byte[] pdf, PDFAFlavour flavour) {
        try (var parser = Foundries.defaultInstance().createParser(new ByteArrayInputStream(pdf), flavour);
                var validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            return validator.validate(parser).getTestAssertions().stream()
                    .map(broken -> broken.getRuleId().getClause() + " " + broken.getMessage())
                    .toList();
        } catch (VeraPDFException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
