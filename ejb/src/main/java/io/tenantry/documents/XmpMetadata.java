package io.tenantry.documents;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** XMP metadata of a PDF: that it is PDF/A-3, its title, and the embedded e-invoice, with the schema of these properties. */
final class XmpMetadata {
    private static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private static final String FACTUR_X = "urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#";
    private static final Map<String, String> NAMESPACES = Map.of(
            "dc", "http://purl.org/dc/elements/1.1/",
            "xmp", "http://ns.adobe.com/xap/1.0/",
            "pdf", "http://ns.adobe.com/pdf/1.3/",
            "pdfaid", "http://www.aiim.org/pdfa/ns/id/",
            "pdfuaid", "http://www.aiim.org/pdfua/ns/id/",
            "fx", FACTUR_X,
            "pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/",
            "pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#",
            "pdfaProperty", "http://www.aiim.org/pdfa/ns/property#");

    /** The properties of Factur-X. */
    private static final List<XmpProperty> WORDS = List.of(
            new XmpProperty("DocumentFileName", PdfA3Writer.ATTACHED, "The name of the embedded XML document"),
            new XmpProperty("DocumentType", "INVOICE", "The type of the hybrid document in capital letters"),
            new XmpProperty("Version", "1.0", "The version of the standard that the embedded XML document keeps"),
            new XmpProperty("ConformanceLevel", "EN 16931", "The conformance level of the embedded XML document"));

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final XMLStreamWriter xml;

    private record XmpProperty(String name, String value, String description) {}

    private XmpMetadata() throws XMLStreamException {
        xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, StandardCharsets.UTF_8.name());
    }

    static byte[] of(PdfA3Writer.DocumentMetadata documentMetadata, boolean isInvoice) {
        try {
            return new XmpMetadata().write(documentMetadata, isInvoice);
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("cannot write XML", impossible);
        }
    }

    private byte[] write(PdfA3Writer.DocumentMetadata documentMetadata, boolean isInvoice) throws XMLStreamException {
        var made = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                documentMetadata.issuedAt().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
        xml.writeProcessingInstruction("xpacket", "begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"");
        xml.writeStartElement("x", "xmpmeta", "adobe:ns:meta/");
        xml.writeNamespace("x", "adobe:ns:meta/");
        xml.writeStartElement("rdf", "RDF", RDF);
        xml.writeNamespace("rdf", RDF);
        xml.writeStartElement("rdf", "Description", RDF);
        xml.writeAttribute("rdf", RDF, "about", "");
        for (var prefix : NAMESPACES.keySet().stream().sorted().toList()) {
            xml.writeNamespace(prefix, NAMESPACES.get(prefix));
        }
        text("pdfaid", "part", "3");
        text("pdfaid", "conformance", "A");
        text("pdfuaid", "part", "1");
        list("dc", "title", "Alt", documentMetadata.title());
        list("dc", "description", "Alt", documentMetadata.title());
        list("dc", "creator", "Seq", documentMetadata.author());
        text("pdf", "Producer", documentMetadata.author());
        text("xmp", "CreatorTool", documentMetadata.author());
        text("xmp", "CreateDate", made);
        text("xmp", "ModifyDate", made);
        if (isInvoice) {
            for (var xmpProperty : WORDS) {
                text("fx", xmpProperty.name(), xmpProperty.value());
            }
        }
        schemas(isInvoice);
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeProcessingInstruction("xpacket", "end=\"w\"");
        xml.writeEndDocument();
        xml.close();
        return bytes.toByteArray();
    }

    private void schemas(boolean isInvoice) throws XMLStreamException {
        start("pdfaExtension", "schemas");
        xml.writeStartElement("rdf", "Bag", RDF);
        schema(
                "PDF/UA identification schema",
                "pdfuaid",
                List.of(new XmpProperty("part", "", "The part of ISO 14289 that the document keeps")),
                "Integer",
                "internal");
        if (isInvoice) {
            schema("Factur-X PDFA Extension Schema", "fx", WORDS, "Text", "external");
        }
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void schema(String name, String prefix, List<XmpProperty> words, String type, String category)
            throws XMLStreamException {
        item();
        text("pdfaSchema", "schema", name);
        text("pdfaSchema", "namespaceURI", NAMESPACES.getOrDefault(prefix, ""));
        text("pdfaSchema", "prefix", prefix);
        start("pdfaSchema", "property");
        xml.writeStartElement("rdf", "Seq", RDF);
        for (var xmpProperty : words) {
            item();
            text("pdfaProperty", "name", xmpProperty.name());
            text("pdfaProperty", "valueType", type);
            text("pdfaProperty", "category", category);
            text("pdfaProperty", "description", xmpProperty.description());
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void item() throws XMLStreamException {
        xml.writeStartElement("rdf", "li", RDF);
        xml.writeAttribute("rdf", RDF, "parseType", "Resource");
    }

    private void list(String prefix, String name, String kind, String text) throws XMLStreamException {
        start(prefix, name);
        xml.writeStartElement("rdf", kind, RDF);
        xml.writeStartElement("rdf", "li", RDF);
        if (kind.equals("Alt")) {
            xml.writeAttribute("xml", "http://www.w3.org/XML/1998/namespace", "lang", "x-default");
        }
        xml.writeCharacters(text);
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndElement();
    }

    private void text(String prefix, String name, String text) throws XMLStreamException {
        start(prefix, name);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }

    private void start(String prefix, String name) throws XMLStreamException {
        xml.writeStartElement(prefix, name, NAMESPACES.getOrDefault(prefix, ""));
    }
}
