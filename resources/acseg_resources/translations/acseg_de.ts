<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>Accept suggestions</name>
    <message numerus="yes">
        <source>%Ln region(s) will be named</source>
        <translation>
            <numerusform>%Ln Region wird benannt</numerusform>
            <numerusform>%Ln Regionen werden benannt</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Accept suggested names</source>
        <translation>Vorgeschlagene Namen übernehmen</translation>
    </message>
    <message>
        <source>Accept suggestions</source>
        <translation>Vorschläge übernehmen</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>In all images that are not done</source>
        <translation>In allen Bildern, die nicht fertig sind</translation>
    </message>
    <message>
        <source>In this image</source>
        <translation>In diesem Bild</translation>
    </message>
    <message>
        <source>Regions take the names suggested for them. One undo takes all of it back.</source>
        <translation>Regionen erhalten die für sie vorgeschlagenen Namen. Ein einziges Rückgängig nimmt alles zurück.</translation>
    </message>
</context>
<context>
    <name>Actions</name>
    <message>
        <source>&amp;100 %</source>
        <translation>&amp;100 %</translation>
    </message>
    <message>
        <source>&amp;About ACSeg Desktop</source>
        <translation>Ü&amp;ber ACSeg Desktop</translation>
    </message>
    <message>
        <source>&amp;Accept names and go on</source>
        <translation>Namen über&amp;nehmen und weiter</translation>
    </message>
    <message>
        <source>&amp;Add photos…</source>
        <translation>Fotos &amp;hinzufügen…</translation>
    </message>
    <message>
        <source>&amp;Brush</source>
        <translation>&amp;Pinsel</translation>
    </message>
    <message>
        <source>&amp;Change shortcuts…</source>
        <translation>Tastenkürzel ä&amp;ndern…</translation>
    </message>
    <message>
        <source>&amp;Clear selection</source>
        <translation>Auswahl auf&amp;heben</translation>
    </message>
    <message>
        <source>&amp;Close project</source>
        <translation>Projekt s&amp;chließen</translation>
    </message>
    <message>
        <source>&amp;Clusters</source>
        <translation>&amp;Cluster</translation>
    </message>
    <message>
        <source>&amp;Coarser regions</source>
        <translation>&amp;Gröbere Regionen</translation>
    </message>
    <message>
        <source>&amp;Copy labels of the previous image</source>
        <translation>La&amp;bels des vorigen Bilds übernehmen</translation>
    </message>
    <message>
        <source>&amp;Decline suggestion</source>
        <translation>Vorschlag &amp;ablehnen</translation>
    </message>
    <message>
        <source>&amp;Decline suggestions</source>
        <translation>Vorschläge &amp;ablehnen</translation>
    </message>
    <message>
        <source>&amp;Distinct colours for all labels</source>
        <translation>&amp;Unterscheidbare Farben für alle Labels</translation>
    </message>
    <message>
        <source>&amp;Doubtful names</source>
        <translation>&amp;Zweifelhafte Namen</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>B&amp;earbeiten</translation>
    </message>
    <message>
        <source>&amp;Eraser</source>
        <translation>&amp;Radierer</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Find regions like this</source>
        <translation>Ä&amp;hnliche Regionen suchen</translation>
    </message>
    <message>
        <source>&amp;Finer regions</source>
        <translation>&amp;Feinere Regionen</translation>
    </message>
    <message>
        <source>&amp;Finish drawing</source>
        <translation>Zeichnung &amp;fertigstellen</translation>
    </message>
    <message>
        <source>&amp;First steps</source>
        <translation>Erste &amp;Schritte</translation>
    </message>
    <message>
        <source>&amp;Fit</source>
        <translation>&amp;Einpassen</translation>
    </message>
    <message>
        <source>&amp;Group similar regions</source>
        <translation>Ähnliche Regionen &amp;gruppieren</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Hide selected regions</source>
        <translation>Gewählte Regionen aus&amp;blenden</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>Bi&amp;ld</translation>
    </message>
    <message>
        <source>&amp;Import labels…</source>
        <translation>Labels &amp;importieren…</translation>
    </message>
    <message>
        <source>&amp;Invert selection</source>
        <translation>Auswahl &amp;umkehren</translation>
    </message>
    <message>
        <source>&amp;Keep the name</source>
        <translation>Namen &amp;behalten</translation>
    </message>
    <message>
        <source>&amp;Merge</source>
        <translation>&amp;Verbinden</translation>
    </message>
    <message>
        <source>&amp;Merge clusters</source>
        <translation>Cluster &amp;verbinden</translation>
    </message>
    <message>
        <source>&amp;Name…</source>
        <translation>Be&amp;nennen…</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>&amp;Neues Projekt…</translation>
    </message>
    <message>
        <source>&amp;Next image</source>
        <translation>&amp;Nächstes Bild</translation>
    </message>
    <message>
        <source>&amp;Open project…</source>
        <translation>Projekt &amp;öffnen…</translation>
    </message>
    <message>
        <source>&amp;Overlay</source>
        <translation>&amp;Überlagerung</translation>
    </message>
    <message>
        <source>&amp;Polygon</source>
        <translation>P&amp;olygon</translation>
    </message>
    <message>
        <source>&amp;Previous image</source>
        <translation>&amp;Vorheriges Bild</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>Wieder&amp;herstellen</translation>
    </message>
    <message>
        <source>&amp;Redo {verb}</source>
        <translation>Wieder&amp;herstellen: {verb}</translation>
    </message>
    <message>
        <source>&amp;Region</source>
        <translation>&amp;Region</translation>
    </message>
    <message>
        <source>&amp;Reject</source>
        <translation>Ver&amp;werfen</translation>
    </message>
    <message>
        <source>&amp;Rescan image folder</source>
        <translation>Bildordner neu &amp;einlesen</translation>
    </message>
    <message>
        <source>&amp;Search images…</source>
        <translation>&amp;Bilder suchen…</translation>
    </message>
    <message>
        <source>&amp;Select</source>
        <translation>&amp;Auswählen</translation>
    </message>
    <message>
        <source>&amp;Shortcuts</source>
        <translation>&amp;Tastenkürzel</translation>
    </message>
    <message>
        <source>&amp;Skipped files…</source>
        <translation>Ü&amp;bergangene Dateien…</translation>
    </message>
    <message>
        <source>&amp;Split by concept tree</source>
        <translation>Nach Konzeptbaum &amp;teilen</translation>
    </message>
    <message>
        <source>&amp;Split cluster</source>
        <translation>Cluster &amp;teilen</translation>
    </message>
    <message>
        <source>&amp;Suggest a partition of this image</source>
        <translation>Aufteilung für dieses Bild vor&amp;schlagen</translation>
    </message>
    <message>
        <source>&amp;Take back a point</source>
        <translation>Punkt &amp;zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Take the other name</source>
        <translation>Anderen Namen &amp;nehmen</translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation>&amp;Werkzeuge</translation>
    </message>
    <message>
        <source>&amp;Trim history…</source>
        <translation>&amp;Verlauf kürzen…</translation>
    </message>
    <message>
        <source>&amp;Un-name</source>
        <translation>Namen &amp;entfernen</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Undo {verb}</source>
        <translation>&amp;Rückgängig: {verb}</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Accept images without names unas&amp;ked</source>
        <translation>Bilder ohne Namen unge&amp;fragt abschließen</translation>
    </message>
    <message>
        <source>Accept s&amp;uggestion</source>
        <translation>Vorschlag ü&amp;bernehmen</translation>
    </message>
    <message>
        <source>Accept s&amp;uggestions</source>
        <translation>Vorschläge ü&amp;bernehmen</translation>
    </message>
    <message>
        <source>Accept suggestions a&amp;bove…</source>
        <translation>&amp;Sichere Vorschläge übernehmen…</translation>
    </message>
    <message>
        <source>Add a &amp;folder of photos…</source>
        <translation>&amp;Ordner mit Fotos hinzufügen…</translation>
    </message>
    <message>
        <source>Bac&amp;k</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>Backspace</source>
        <translation>Rücktaste</translation>
    </message>
    <message>
        <source>Bright&amp;ness and contrast</source>
        <translation>Helligkeit und &amp;Kontrast</translation>
    </message>
    <message>
        <source>C&amp;ancel</source>
        <translation>A&amp;bbrechen</translation>
    </message>
    <message>
        <source>C&amp;omment…</source>
        <translation>K&amp;ommentar…</translation>
    </message>
    <message>
        <source>Concept &amp;browser</source>
        <translation>&amp;Konzeptübersicht</translation>
    </message>
    <message>
        <source>D&amp;issolve into neighbours</source>
        <translation>&amp;In die Nachbarn auflösen</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>Fill ho&amp;les</source>
        <translation>&amp;Löcher füllen</translation>
    </message>
    <message>
        <source>Find alike</source>
        <translation>Ähnliche</translation>
    </message>
    <message>
        <source>Give &amp;to neighbour</source>
        <translation>Dem Nachbarn &amp;geben</translation>
    </message>
    <message>
        <source>Give label {number}</source>
        <translation>Label {number} geben</translation>
    </message>
    <message>
        <source>Gro&amp;w</source>
        <translation>&amp;Wachsen</translation>
    </message>
    <message>
        <source>Grow or shrink b&amp;y…</source>
        <translation>Wachsen oder schrump&amp;fen um…</translation>
    </message>
    <message>
        <source>Hi&amp;gh-contrast region colours</source>
        <translation>Kontras&amp;treiche Regionsfarben</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Keep &amp;zoom on the next image</source>
        <translation>Zoom beim nächsten Bild be&amp;halten</translation>
    </message>
    <message>
        <source>Lar&amp;ger tip</source>
        <translation>&amp;Größere Spitze</translation>
    </message>
    <message>
        <source>Mark as &amp;void</source>
        <translation>Als &amp;leer kennzeichnen</translation>
    </message>
    <message>
        <source>Mer&amp;ge as…</source>
        <translation>Ver&amp;binden als…</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Verbinden</translation>
    </message>
    <message>
        <source>Merge u&amp;pwards</source>
        <translation>Nach &amp;oben verbinden</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Benennen</translation>
    </message>
    <message>
        <source>Next &amp;panel</source>
        <translation>Nächster &amp;Bereich</translation>
    </message>
    <message>
        <source>Next &amp;region to name</source>
        <translation>Nächste zu benennende &amp;Region</translation>
    </message>
    <message>
        <source>Next not &amp;done</source>
        <translation>Nächstes &amp;offene</translation>
    </message>
    <message>
        <source>Open &amp;log folder</source>
        <translation>&amp;Protokollordner öffnen</translation>
    </message>
    <message>
        <source>Out&amp;lines</source>
        <translation>&amp;Umrisse</translation>
    </message>
    <message>
        <source>Over&amp;view map</source>
        <translation>Ü&amp;bersichtskarte</translation>
    </message>
    <message>
        <source>P&amp;revious panel</source>
        <translation>Vorheriger Be&amp;reich</translation>
    </message>
    <message>
        <source>Peek at the &amp;bare photo (hold)</source>
        <translation>Bloßes &amp;Foto zeigen (halten)</translation>
    </message>
    <message>
        <source>Pre&amp;ferences…</source>
        <translation>&amp;Einstellungen…</translation>
    </message>
    <message>
        <source>Previous not d&amp;one</source>
        <translation>Vorheriges o&amp;ffene</translation>
    </message>
    <message>
        <source>Propose &amp;regions…</source>
        <translation>&amp;Regionen vorschlagen…</translation>
    </message>
    <message>
        <source>Propose th&amp;is image</source>
        <translation>Regionen für &amp;dieses Bild vorschlagen</translation>
    </message>
    <message>
        <source>Re&amp;locate images…</source>
        <translation>Bilder neu &amp;zuordnen…</translation>
    </message>
    <message>
        <source>Re&amp;moved images…</source>
        <translation>&amp;Entfernte Bilder…</translation>
    </message>
    <message>
        <source>Re&amp;viewed by a second person</source>
        <translation>Von &amp;zweiter Person geprüft</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>Remove from pro&amp;ject…</source>
        <translation>Aus dem Pro&amp;jekt entfernen…</translation>
    </message>
    <message>
        <source>S&amp;maller tip</source>
        <translation>Kl&amp;einere Spitze</translation>
    </message>
    <message>
        <source>S&amp;tatistics and notes</source>
        <translation>S&amp;tatistik und Notizen</translation>
    </message>
    <message>
        <source>Select &amp;all regions</source>
        <translation>&amp;Alle Regionen auswählen</translation>
    </message>
    <message>
        <source>Show image</source>
        <translation>Zum Bild</translation>
    </message>
    <message>
        <source>Show in its &amp;image</source>
        <translation>&amp;Im Bild zeigen</translation>
    </message>
    <message>
        <source>Show only the &amp;selection</source>
        <translation>Nur die &amp;Auswahl zeigen</translation>
    </message>
    <message>
        <source>Shrin&amp;k</source>
        <translation>Schr&amp;umpfen</translation>
    </message>
    <message>
        <source>Smoot&amp;h outline</source>
        <translation>Umriss &amp;glätten</translation>
    </message>
    <message>
        <source>Soft region &amp;colours</source>
        <translation>&amp;Sanfte Regionsfarben</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Split along a &amp;line</source>
        <translation>Entlang einer &amp;Linie teilen</translation>
    </message>
    <message>
        <source>Split by &amp;clicks</source>
        <translation>Durch &amp;Klicks teilen</translation>
    </message>
    <message>
        <source>Split into c&amp;onnected parts</source>
        <translation>In zusammen&amp;hängende Teile trennen</translation>
    </message>
    <message>
        <source>Suggest na&amp;mes for all regions</source>
        <translation>Na&amp;men für alle Regionen vorschlagen</translation>
    </message>
    <message>
        <source>Suggest names from a &amp;list…</source>
        <translation>Namen aus einer &amp;Liste vorschlagen…</translation>
    </message>
    <message>
        <source>Suggest partitions of all &amp;unfinished images</source>
        <translation>Aufteilung für alle o&amp;ffenen Bilder vorschlagen</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>Nehmen</translation>
    </message>
    <message>
        <source>Take &amp;out of cluster</source>
        <translation>Aus Cluster &amp;herausnehmen</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Take sure ones</source>
        <translation>Sichere nehmen</translation>
    </message>
    <message>
        <source>Take the other name where it is s&amp;ure…</source>
        <translation>Anderen Namen nehmen, wo er si&amp;cher ist…</translation>
    </message>
    <message>
        <source>Un-na&amp;me</source>
        <translation>Namen &amp;entfernen</translation>
    </message>
    <message>
        <source>Use this &amp;granularity for all images</source>
        <translation>Diese Feinheit für alle Bilder ver&amp;wenden</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>Ver&amp;größern</translation>
    </message>
    <message>
        <source>Zoom o&amp;ut</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
</context>
<context>
    <name>Canvas</name>
    <message>
        <source>{path} is missing</source>
        <translation>{path} fehlt</translation>
    </message>
</context>
<context>
    <name>Canvas header</name>
    <message numerus="yes">
        <source>Accept %Ln name(s)</source>
        <translation>
            <numerusform>%Ln Namen übernehmen</numerusform>
            <numerusform>%Ln Namen übernehmen</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept &amp;&amp; next</source>
        <translation>Bestätigen &amp;&amp; weiter</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Done, reviewed</source>
        <translation>Fertig, geprüft</translation>
    </message>
    <message>
        <source>Missing</source>
        <translation>Fehlt</translation>
    </message>
    <message>
        <source>Overlay opacity</source>
        <translation>Deckkraft der Überlagerung</translation>
    </message>
    <message>
        <source>Unusable</source>
        <translation>Unbrauchbar</translation>
    </message>
</context>
<context>
    <name>Class list</name>
    <message>
        <source>A text model compares what regions show with these names, one a line; further words for the same thing go after a bar. What you named stays as it is.</source>
        <translation>Ein Textmodell vergleicht, was Regionen zeigen, mit diesen Namen, einem je Zeile; weitere Wörter für dasselbe stehen hinter einem Strich. Was schon benannt ist, bleibt, wie es ist.</translation>
    </message>
    <message>
        <source>All images, by a few looks at every cluster</source>
        <translation>Alle Bilder, mit einigen Blicken auf jeden Cluster</translation>
    </message>
    <message>
        <source>All images, region by region</source>
        <translation>Alle Bilder, Region für Region</translation>
    </message>
    <message>
        <source>Class names</source>
        <translation>Klassennamen</translation>
    </message>
    <message>
        <source>Enter the name open_clip has for the model, such as ViT-B-32:laion2b_s34b_b79k.</source>
        <translation>Den Namen des Modells in open_clip eingeben, etwa ViT-B-32:laion2b_s34b_b79k.</translation>
    </message>
    <message>
        <source>Group the regions first, in the concept browser</source>
        <translation>Erst die Regionen gruppieren, in der Konzeptübersicht</translation>
    </message>
    <message>
        <source>Look at</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Looking at regions</source>
        <translation>Regionen werden angesehen</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Only the current image</source>
        <translation>Nur das aktuelle Bild</translation>
    </message>
    <message>
        <source>Suggest</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Suggest names from a list</source>
        <translation>Namen aus einer Liste vorschlagen</translation>
    </message>
    <message>
        <source>Text model</source>
        <translation>Textmodell</translation>
    </message>
    <message>
        <source>There is no file {path}.</source>
        <translation>Es gibt keine Datei {path}.</translation>
    </message>
    <message>
        <source>This needs open_clip, which is not installed. Run: pip install &quot;acseg-desktop[text]&quot;</source>
        <translation>Dafür fehlt open_clip. Ausführen: pip install &quot;acseg-desktop[text]&quot;</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights (*.safetensors *.pt *.bin)</source>
        <translation>Gewichte (*.safetensors *.pt *.bin)</translation>
    </message>
    <message>
        <source>Weights of the text model</source>
        <translation>Gewichte des Textmodells</translation>
    </message>
    <message>
        <source>car | van
road
sky</source>
        <translation>Auto | Lieferwagen
Straße
Himmel</translation>
    </message>
    <message>
        <source>downloaded when they are needed</source>
        <translation>werden bei Bedarf geladen</translation>
    </message>
</context>
<context>
    <name>Clusters</name>
    <message numerus="yes">
        <source>%Ln cluster(s) merged</source>
        <translation>
            <numerusform>%Ln Cluster verbunden</numerusform>
            <numerusform>%Ln Cluster verbunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) could not be used; the others are done.</source>
        <translation>
            <numerusform>%Ln Bild war nicht brauchbar; die übrigen sind fertig.</numerusform>
            <numerusform>%Ln Bilder waren nicht brauchbar; die übrigen sind fertig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) in {clusters}</source>
        <translation>
            <numerusform>%Ln Region in {clusters}</numerusform>
            <numerusform>%Ln Regionen in {clusters}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named as suggested</source>
        <translation>
            <numerusform>%Ln Region wie vorgeschlagen benannt</numerusform>
            <numerusform>%Ln Regionen wie vorgeschlagen benannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) taken out; undo takes that back</source>
        <translation>
            <numerusform>%Ln Region herausgenommen; Rückgängig legt sie zurück</numerusform>
            <numerusform>%Ln Regionen herausgenommen; Rückgängig legt sie zurück</numerusform>
        </translation>
    </message>
    <message>
        <source>Cluster split in two</source>
        <translation>Cluster in zwei geteilt</translation>
    </message>
    <message>
        <source>Name look-alikes</source>
        <translation>Ähnliche benennen</translation>
    </message>
    <message>
        <source>No name is suggested for the selection</source>
        <translation>Für die Auswahl ist kein Name vorgeschlagen</translation>
    </message>
    <message>
        <source>Nothing to name: the regions are “{name}” already, or rejected</source>
        <translation>Nichts zu benennen: Die Regionen heißen schon „{name}“ oder sind verworfen</translation>
    </message>
    <message>
        <source>Select one cluster only</source>
        <translation>Nur einen Cluster auswählen</translation>
    </message>
    <message>
        <source>Select one region first</source>
        <translation>Zuerst eine Region auswählen</translation>
    </message>
    <message>
        <source>Select the regions that do not belong to their cluster first</source>
        <translation>Zuerst die Regionen auswählen, die nicht in ihren Cluster gehören</translation>
    </message>
    <message>
        <source>Select two or more clusters by their headers (Ctrl+click, Shift+↓) to merge them</source>
        <translation>Zum Verbinden zwei oder mehr Cluster an ihren Kopfzeilen auswählen (Strg+Klick, Umschalt+↓)</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>Anzeigen…</translation>
    </message>
    <message>
        <source>Stopped; the clusters are as they were</source>
        <translation>Abgebrochen; die Cluster sind wie zuvor</translation>
    </message>
    <message>
        <source>Stopped; what was finished is kept</source>
        <translation>Abgebrochen; Fertiges bleibt erhalten</translation>
    </message>
    <message>
        <source>{back} or {browser} goes back to the concept browser</source>
        <translation>{back} oder {browser} führt zurück zur Konzeptübersicht</translation>
    </message>
    <message numerus="yes">
        <source>{regions} in %Ln photo(s): name look-alikes at once</source>
        <translation>
            <numerusform>{regions} in %Ln Foto: Ähnliche auf einmal benennen</numerusform>
            <numerusform>{regions} in %Ln Fotos: Ähnliche auf einmal benennen</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Concept browser</name>
    <message numerus="yes">
        <source>%Ln cluster(s)</source>
        <translation>
            <numerusform>%Ln Cluster</numerusform>
            <numerusform>%Ln Cluster</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) in doubt</source>
        <translation>
            <numerusform>%Ln zweifelhafter Name</numerusform>
            <numerusform>%Ln zweifelhafte Namen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) in no cluster</source>
        <translation>
            <numerusform>%Ln Region in keinem Cluster</numerusform>
            <numerusform>%Ln Regionen in keinem Cluster</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) like no others</source>
        <translation>
            <numerusform>%Ln Region ohne ähnliche</numerusform>
            <numerusform>%Ln Regionen ohne ähnliche</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) selected</source>
        <translation>
            <numerusform>%Ln Region ausgewählt</numerusform>
            <numerusform>%Ln Regionen ausgewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) will be put into clusters by their looks, whatever image they are in. A name given to a cluster is given to all of its regions.</source>
        <translation>
            <numerusform>%Ln Region wird nach ihrem Aussehen in Cluster gruppiert, gleich in welchem Bild sie liegt. Der Name eines Clusters gilt für alle seine Regionen.</numerusform>
            <numerusform>%Ln Regionen werden nach ihrem Aussehen in Cluster gruppiert, gleich in welchem Bild sie liegen. Der Name eines Clusters gilt für alle seine Regionen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unnamed</source>
        <translation>
            <numerusform>%Ln ohne Namen</numerusform>
            <numerusform>%Ln ohne Namen</numerusform>
        </translation>
    </message>
    <message>
        <source>All images</source>
        <translation>Alle Bilder</translation>
    </message>
    <message>
        <source>All names are compared.</source>
        <translation>Alle Namen werden verglichen.</translation>
    </message>
    <message>
        <source>All regions</source>
        <translation>Alle Regionen</translation>
    </message>
    <message>
        <source>Any ground</source>
        <translation>Vorn und hinten</translation>
    </message>
    <message>
        <source>Any status</source>
        <translation>Jeder Status</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to the image</source>
        <translation>Zurück zum Bild</translation>
    </message>
    <message>
        <source>Back to what was shown before</source>
        <translation>Zurück zu dem, was vorher zu sehen war</translation>
    </message>
    <message>
        <source>Background</source>
        <translation>Hintergrund</translation>
    </message>
    <message>
        <source>Choose other labels, statuses or images above.</source>
        <translation>Oben andere Labels, Status oder Bilder wählen.</translation>
    </message>
    <message numerus="yes">
        <source>Cluster of %Ln region(s)</source>
        <translation>
            <numerusform>Cluster mit %Ln Region</numerusform>
            <numerusform>Cluster mit %Ln Regionen</numerusform>
        </translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>Cluster</translation>
    </message>
    <message>
        <source>Concept browser</source>
        <translation>Konzeptübersicht</translation>
    </message>
    <message>
        <source>Doubtful names</source>
        <translation>Zweifelhafte Namen</translation>
    </message>
    <message>
        <source>Fewer, coarser clusters, or more and finer ones; names stay as they are</source>
        <translation>Weniger, gröbere Cluster oder mehr und feinere; Namen bleiben, wie sie sind</translation>
    </message>
    <message>
        <source>Foreground</source>
        <translation>Vordergrund</translation>
    </message>
    <message numerus="yes">
        <source>Group %Ln region(s) more</source>
        <translation>
            <numerusform>%Ln weitere Region gruppieren</numerusform>
            <numerusform>%Ln weitere Regionen gruppieren</numerusform>
        </translation>
    </message>
    <message>
        <source>Group similar regions</source>
        <translation>Ähnliche Regionen gruppieren</translation>
    </message>
    <message>
        <source>Let the model propose regions for your images first; then those that look alike can be named at once.</source>
        <translation>Zuerst das Modell Regionen vorschlagen lassen; dann können alle, die sich ähneln, auf einmal benannt werden.</translation>
    </message>
    <message>
        <source>Look at the images</source>
        <translation>Bilder ansehen</translation>
    </message>
    <message>
        <source>Looking for doubtful names</source>
        <translation>Zweifelhafte Namen suchen</translation>
    </message>
    <message>
        <source>Looking for doubtful names…</source>
        <translation>Zweifelhafte Namen werden gesucht…</translation>
    </message>
    <message>
        <source>Most similar first</source>
        <translation>Ähnlichste zuerst</translation>
    </message>
    <message>
        <source>Name what looks alike, once</source>
        <translation>Ähnliches auf einmal benennen</translation>
    </message>
    <message>
        <source>Names given to many regions at once are shown here when the names of all others speak against them. Names given to regions one by one, and names you kept, are not.</source>
        <translation>Hier stehen Namen, die vielen Regionen auf einmal gegeben wurden, wenn die Namen aller anderen gegen sie sprechen. Einzeln gegebene Namen und solche, die Sie behalten haben, stehen hier nicht.</translation>
    </message>
    <message>
        <source>No name is in doubt</source>
        <translation>Kein Name ist zweifelhaft</translation>
    </message>
    <message>
        <source>Not known yet</source>
        <translation>Noch nicht bekannt</translation>
    </message>
    <message>
        <source>Nothing passes the filter</source>
        <translation>Nichts entspricht dem Filter</translation>
    </message>
    <message>
        <source>Nothing selected</source>
        <translation>Nichts ausgewählt</translation>
    </message>
    <message>
        <source>Number of clusters</source>
        <translation>Anzahl der Cluster</translation>
    </message>
    <message>
        <source>Propose regions…</source>
        <translation>Regionen vorschlagen…</translation>
    </message>
    <message>
        <source>Reading the regions…</source>
        <translation>Regionen werden gelesen…</translation>
    </message>
    <message>
        <source>Region {number} of {count}: {name}</source>
        <translation>Region {number} von {count}: {name}</translation>
    </message>
    <message>
        <source>Regions like this one</source>
        <translation>Ähnliche Regionen</translation>
    </message>
    <message numerus="yes">
        <source>Show all %Ln</source>
        <translation>
            <numerusform>Alle %Ln zeigen</numerusform>
            <numerusform>Alle %Ln zeigen</numerusform>
        </translation>
    </message>
    <message>
        <source>Show all regions</source>
        <translation>Alle Regionen zeigen</translation>
    </message>
    <message>
        <source>Show fewer</source>
        <translation>Weniger zeigen</translation>
    </message>
    <message>
        <source>Show regions of the foreground or background</source>
        <translation>Regionen des Vorder- oder Hintergrunds zeigen</translation>
    </message>
    <message>
        <source>Show regions of this image</source>
        <translation>Regionen dieses Bildes zeigen</translation>
    </message>
    <message>
        <source>Show regions of this label</source>
        <translation>Regionen dieses Labels zeigen</translation>
    </message>
    <message>
        <source>Show regions of this status</source>
        <translation>Regionen mit diesem Status zeigen</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>Größe der Bilder</translation>
    </message>
    <message>
        <source>Smaller or larger pictures (Ctrl+wheel)</source>
        <translation>Kleinere oder größere Bilder (Strg+Mausrad)</translation>
    </message>
    <message>
        <source>Surest doubts first: the name, and what it may be</source>
        <translation>Die sichersten Zweifel zuerst: der Name und was es sein könnte</translation>
    </message>
    <message>
        <source>Telling foreground from background</source>
        <translation>Vordergrund wird vom Hintergrund unterschieden</translation>
    </message>
    <message>
        <source>The model has to look at the images once more to know what is in their foreground. Regions and names stay as they are.</source>
        <translation>Das Modell muss die Bilder noch einmal ansehen, um zu wissen, was im Vordergrund ist. Regionen und Namen bleiben, wie sie sind.</translation>
    </message>
    <message>
        <source>The model looks at the images to know what is in their foreground.</source>
        <translation>Das Modell sieht sich die Bilder an, um zu wissen, was im Vordergrund ist.</translation>
    </message>
    <message>
        <source>There are no regions yet</source>
        <translation>Es gibt noch keine Regionen</translation>
    </message>
    <message>
        <source>These regions came after the clusters were made; group all of them again</source>
        <translation>Diese Regionen sind jünger als die Cluster; alle neu gruppieren</translation>
    </message>
    <message>
        <source>This image</source>
        <translation>Dieses Bild</translation>
    </message>
    <message>
        <source>To be named</source>
        <translation>Zu benennen</translation>
    </message>
    <message>
        <source>What the model attends to in each image, and the rest</source>
        <translation>Worauf das Modell in jedem Bild achtet, und der Rest</translation>
    </message>
    <message>
        <source>all named</source>
        <translation>alle benannt</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s)</source>
        <translation>
            <numerusform>in %Ln Bild</numerusform>
            <numerusform>in %Ln Bildern</numerusform>
        </translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>ohne Namen</translation>
    </message>
    <message numerus="yes">
        <source>{clusters} of %Ln region(s)</source>
        <translation>
            <numerusform>{clusters} mit %Ln Region</numerusform>
            <numerusform>{clusters} mit %Ln Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln cluster(s) named</source>
        <translation>
            <numerusform>{count} von %Ln Cluster benannt</numerusform>
            <numerusform>{count} von %Ln Clustern benannt</numerusform>
        </translation>
    </message>
    <message>
        <source>{facts}, the first {count} shown</source>
        <translation>{facts}, die ersten {count} sind zu sehen</translation>
    </message>
    <message>
        <source>{name}, or {other} ({share})</source>
        <translation>{name} oder {other} ({share})</translation>
    </message>
</context>
<context>
    <name>Confidence</name>
    <message>
        <source>Least confidence</source>
        <translation>Mindestsicherheit</translation>
    </message>
    <message>
        <source>at least {share} sure</source>
        <translation>mindestens {share} sicher</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>&quot;{0}&quot; is no format; choose one of {1}</source>
        <translation>„{0}“ ist kein Format; eines von {1} wählen</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is not a colour; write it like #1f77b4</source>
        <translation>„{0}“ ist keine Farbe; so schreiben: #1f77b4</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is not a hotkey; choose one of 1 to 9</source>
        <translation>„{0}“ ist kein Tastenkürzel; 1 bis 9 wählen</translation>
    </message>
    <message>
        <source>&quot;{0}&quot; is still going on: stop it first, then undo</source>
        <translation>„{0}“ läuft noch: erst anhalten, dann rückgängig machen</translation>
    </message>
    <message>
        <source>1 band of {0} bits, {1}</source>
        <translation>1 Band mit {0} Bit, {1}</translation>
    </message>
    <message>
        <source>; did you mean {0}:{1}?</source>
        <translation>; war {0}:{1} gemeint?</translation>
    </message>
    <message>
        <source>; the project has no labels yet</source>
        <translation>; das Projekt hat noch keine Labels</translation>
    </message>
    <message>
        <source>A PNG with a palette, or of one channel and at most 64 values, is taken for a label map and left out if a photo of the same name lies in another folder, or if it is named like a photo with _mask, _label, _seg or _gt at the end.</source>
        <translation>Ein PNG mit einer Palette, oder mit einem Kanal und höchstens 64 Werten, gilt als Labelkarte und wird ausgelassen, wenn ein Foto desselben Namens in einem anderen Ordner liegt, oder wenn es wie ein Foto heißt, mit _mask, _label, _seg oder _gt am Ende.</translation>
    </message>
    <message>
        <source>ACSeg labels</source>
        <translation>ACSeg-Labels</translation>
    </message>
    <message>
        <source>COCO categories</source>
        <translation>COCO-Kategorien</translation>
    </message>
    <message>
        <source>COCO instances</source>
        <translation>COCO-Instanzen</translation>
    </message>
    <message>
        <source>CVAT labels</source>
        <translation>CVAT-Labels</translation>
    </message>
    <message>
        <source>Folders that a NAS, a recycle bin or an archive makes for itself, such as @eaDir, $RECYCLE.BIN and __MACOSX, are left out.</source>
        <translation>Ordner, die ein NAS, ein Papierkorb oder ein Archiv für sich anlegt, etwa @eaDir, $RECYCLE.BIN und __MACOSX, werden ausgelassen.</translation>
    </message>
    <message>
        <source>Label maps (PNG)</source>
        <translation>Labelkarten (PNG)</translation>
    </message>
    <message>
        <source>Pascal VOC</source>
        <translation>Pascal VOC</translation>
    </message>
    <message>
        <source>Plain text list</source>
        <translation>Textliste</translation>
    </message>
    <message>
        <source>YCbCr plane by plane is not read; save it as RGB</source>
        <translation>YCbCr in getrennten Ebenen wird nicht gelesen; als RGB speichern</translation>
    </message>
    <message>
        <source>YOLO names</source>
        <translation>YOLO-Namen</translation>
    </message>
    <message>
        <source>YOLO segmentation</source>
        <translation>YOLO-Segmentierung</translation>
    </message>
    <message>
        <source>a JPEG of {0} bits is not read; save it as PNG or TIFF</source>
        <translation>ein JPEG mit {0} Bit wird nicht gelesen; als PNG oder TIFF speichern</translation>
    </message>
    <message>
        <source>a JPEG without loss, or of several layers, is not read; save it as PNG</source>
        <translation>ein verlustfreies oder mehrschichtiges JPEG wird nicht gelesen; als PNG speichern</translation>
    </message>
    <message>
        <source>a TIFF of {0}: {1}</source>
        <translation>ein TIFF, {0}: {1}</translation>
    </message>
    <message>
        <source>a character in it is only half there: type it again</source>
        <translation>ein Zeichen darin ist nur halb da: noch einmal eingeben</translation>
    </message>
    <message>
        <source>a cluster of a single region cannot be split</source>
        <translation>ein Cluster aus einer einzigen Region lässt sich nicht teilen</translation>
    </message>
    <message>
        <source>a folder of thumbnails, deleted files or leftovers, not of photos</source>
        <translation>ein Ordner mit Vorschaubildern, gelöschten Dateien oder Resten, nicht mit Fotos</translation>
    </message>
    <message>
        <source>a kind of image that is not read; convert it to PNG, JPEG or TIFF</source>
        <translation>eine Bildart, die nicht gelesen wird; in PNG, JPEG oder TIFF umwandeln</translation>
    </message>
    <message>
        <source>a kind of {0} file that is not read; convert it to PNG</source>
        <translation>eine Art von {0}-Datei, die nicht gelesen wird; in PNG umwandeln</translation>
    </message>
    <message>
        <source>a label map, not a photo</source>
        <translation>eine Labelkarte, kein Foto</translation>
    </message>
    <message>
        <source>a label needs a name</source>
        <translation>ein Label braucht einen Namen</translation>
    </message>
    <message>
        <source>a mask of {0} x {1} pixels in {2} x {3}</source>
        <translation>eine Maske von {0} x {1} Pixeln in {2} x {3}</translation>
    </message>
    <message>
        <source>a minus or empty quotes alone find nothing: write a part of a path there</source>
        <translation>ein Minus oder leere Anführungszeichen allein finden nichts: dort einen Teil eines Pfads schreiben</translation>
    </message>
    <message>
        <source>a palette beside other bands is not read; save it as RGB</source>
        <translation>eine Palette neben anderen Bändern wird nicht gelesen; als RGB speichern</translation>
    </message>
    <message>
        <source>a part of that path is a file; choose another place</source>
        <translation>ein Teil dieses Pfads ist eine Datei; einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>an interlaced PNG of 16 bits that is too large; save it without interlacing</source>
        <translation>ein PNG mit 16 Bit und Zeilensprung, das zu groß ist; ohne Zeilensprung speichern</translation>
    </message>
    <message>
        <source>an unusual kind of YCbCr</source>
        <translation>eine ungewöhnliche Art von YCbCr</translation>
    </message>
    <message>
        <source>areas of a number or colour without a name</source>
        <translation>Flächen mit einer Nummer oder Farbe ohne Namen</translation>
    </message>
    <message>
        <source>bands that differ in kind are not read; save it with one kind for all bands</source>
        <translation>Bänder verschiedener Art werden nicht gelesen; alle Bänder in derselben Art speichern</translation>
    </message>
    <message>
        <source>camera raw</source>
        <translation>ein Kamera-Rohbild</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>changed on disk</source>
        <translation>auf der Platte geändert</translation>
    </message>
    <message>
        <source>changed since it was added</source>
        <translation>geändert, seit es hinzugefügt wurde</translation>
    </message>
    <message>
        <source>changed while it was read; try again</source>
        <translation>während des Lesens geändert; noch einmal versuchen</translation>
    </message>
    <message>
        <source>choose at least two labels to merge</source>
        <translation>mindestens zwei Labels zum Vereinigen wählen</translation>
    </message>
    <message>
        <source>click in the region what is to be cut out of it</source>
        <translation>in der Region anklicken, was herausgeschnitten werden soll</translation>
    </message>
    <message>
        <source>colours of kind {0} are not read; save it as grey or RGB</source>
        <translation>Farben der Art {0} werden nicht gelesen; in Grau oder RGB speichern</translation>
    </message>
    <message>
        <source>complex numbers are not read; save their amplitude</source>
        <translation>komplexe Zahlen werden nicht gelesen; ihren Betrag speichern</translation>
    </message>
    <message>
        <source>compression {0}</source>
        <translation>Kompression {0}</translation>
    </message>
    <message>
        <source>conf needs a number from 0 to 1: write conf&lt;0.6, or conf&lt;60%</source>
        <translation>conf braucht eine Zahl von 0 bis 1: conf&lt;0.6 oder conf&lt;60% schreiben</translation>
    </message>
    <message>
        <source>damaged {0} file</source>
        <translation>beschädigte {0}-Datei</translation>
    </message>
    <message>
        <source>device {0} is not available on this machine; use --device auto or cpu</source>
        <translation>das Gerät {0} gibt es auf diesem Rechner nicht; automatisch oder CPU wählen</translation>
    </message>
    <message>
        <source>did you mean {0}?</source>
        <translation>war {0} gemeint?</translation>
    </message>
    <message>
        <source>edited meanwhile; import again</source>
        <translation>inzwischen bearbeitet; noch einmal importieren</translation>
    </message>
    <message>
        <source>empty file</source>
        <translation>leere Datei</translation>
    </message>
    <message>
        <source>every region of this image is decided already</source>
        <translation>über jede Region dieses Bildes ist schon entschieden</translation>
    </message>
    <message>
        <source>fax compression is for black and white; save it with deflate compression</source>
        <translation>Fax-Kompression ist für Schwarz-Weiß; mit Deflate-Kompression speichern</translation>
    </message>
    <message>
        <source>fax group 3</source>
        <translation>Fax Gruppe 3</translation>
    </message>
    <message>
        <source>fax group 4</source>
        <translation>Fax Gruppe 4</translation>
    </message>
    <message>
        <source>files that are not of labelme</source>
        <translation>Dateien, die nicht von labelme sind</translation>
    </message>
    <message>
        <source>has no page {0}</source>
        <translation>hat keine Seite {0}</translation>
    </message>
    <message>
        <source>has no pixels</source>
        <translation>hat keine Pixel</translation>
    </message>
    <message>
        <source>image {0} is not among those that were removed</source>
        <translation>Bild {0} ist nicht unter den entfernten</translation>
    </message>
    <message>
        <source>image {0} is not in the project</source>
        <translation>das Bild {0} ist nicht im Projekt</translation>
    </message>
    <message>
        <source>image {0} is not {1} in the project</source>
        <translation>das Bild {0} ist nicht im Projekt (gesucht: {1})</translation>
    </message>
    <message>
        <source>images cannot be joined while regions are proposed; wait until that is done, and try again</source>
        <translation>Bilder lassen sich nicht zusammenführen, während Regionen vorgeschlagen werden; warten Sie, bis das fertig ist, und versuchen Sie es dann noch einmal</translation>
    </message>
    <message>
        <source>inks other than CMYK</source>
        <translation>andere Druckfarben als CMYK</translation>
    </message>
    <message>
        <source>its key is &quot;{0}&quot;; write &quot;1&quot; to &quot;9&quot;, or null</source>
        <translation>die Taste ist „{0}“; „1“ bis „9“ oder null schreiben</translation>
    </message>
    <message>
        <source>its kind is &quot;{0}&quot;; write &quot;thing&quot; or &quot;stuff&quot;</source>
        <translation>die Art ist „{0}“; „thing“ oder „stuff“ schreiben</translation>
    </message>
    <message>
        <source>its reader has gone; start both again</source>
        <translation>wer daraus liest, ist nicht mehr da; beide noch einmal starten</translation>
    </message>
    <message>
        <source>label {0} is not in the project any more</source>
        <translation>das Label {0} ist nicht mehr im Projekt</translation>
    </message>
    <message>
        <source>labelme</source>
        <translation>labelme</translation>
    </message>
    <message>
        <source>labelme label list</source>
        <translation>labelme-Labelliste</translation>
    </message>
    <message>
        <source>lines and points, which have no pixels</source>
        <translation>Linien und Punkte, die keine Pixel haben</translation>
    </message>
    <message>
        <source>made for {0} x {1} pixels, but the photo has {2} x {3}</source>
        <translation>für {0} x {1} Pixel gemacht, aber das Foto hat {2} x {3}</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>names from a list need open_clip, which is not installed ({0}); run: {1}</source>
        <translation>Namen aus einer Liste brauchen open_clip, das nicht installiert ist ({0}); ausführen: {1}</translation>
    </message>
    <message>
        <source>no image is “{0}”: write is:reviewed or is:commented</source>
        <translation>kein Bild ist „{0}“: schreiben Sie is:reviewed oder is:commented</translation>
    </message>
    <message>
        <source>no permission to read it</source>
        <translation>keine Berechtigung zum Lesen</translation>
    </message>
    <message>
        <source>no permission to write there; choose another place or change its permissions</source>
        <translation>keine Berechtigung, dort zu schreiben; einen anderen Ort wählen oder die Berechtigungen ändern</translation>
    </message>
    <message>
        <source>no unnamed region of this image matches a named one of the other</source>
        <translation>keine unbenannte Region dieses Bildes passt zu einer benannten des anderen</translation>
    </message>
    <message>
        <source>not a JPEG, PNG, TIFF, BMP or WebP image</source>
        <translation>kein JPEG-, PNG-, TIFF-, BMP- oder WebP-Bild</translation>
    </message>
    <message>
        <source>not an ordinary file</source>
        <translation>keine gewöhnliche Datei</translation>
    </message>
    <message>
        <source>not compressed</source>
        <translation>nicht komprimiert</translation>
    </message>
    <message>
        <source>not enough memory to open it</source>
        <translation>zu wenig Arbeitsspeicher zum Öffnen</translation>
    </message>
    <message>
        <source>nothing would be left of a region of {0} pixels</source>
        <translation>von einer Region mit {0} Pixeln bliebe nichts übrig</translation>
    </message>
    <message>
        <source>numbers of that kind are not read; save it with 8 or 16 bits</source>
        <translation>Zahlen dieser Art werden nicht gelesen; mit 8 oder 16 Bit speichern</translation>
    </message>
    <message>
        <source>of a kind that is not read</source>
        <translation>von einer Art, die nicht gelesen wird</translation>
    </message>
    <message>
        <source>of categories that the file does not list</source>
        <translation>mit Kategorien, die die Datei nicht aufführt</translation>
    </message>
    <message>
        <source>of images that the file does not list</source>
        <translation>zu Bildern, die die Datei nicht aufführt</translation>
    </message>
    <message>
        <source>old JPEG</source>
        <translation>altes JPEG</translation>
    </message>
    <message>
        <source>only regions of the same image can be merged</source>
        <translation>nur Regionen desselben Bildes lassen sich verbinden</translation>
    </message>
    <message>
        <source>only the first of its {0} pages is taken; `acseg init --pages all` makes an image of each</source>
        <translation>nur die erste ihrer {0} Seiten wird genommen; `acseg init --pages all` macht aus jeder ein Bild</translation>
    </message>
    <message>
        <source>outside the image folder, so never read; copy the photo into the folder and look for new images</source>
        <translation>außerhalb des Bilderordners, wird also nie gelesen; kopieren Sie das Foto in den Ordner und suchen Sie nach neuen Bildern</translation>
    </message>
    <message>
        <source>pieces of that size are not read with this compression; save it in smaller strips or tiles</source>
        <translation>so große Stücke werden mit dieser Kompression nicht gelesen; in kleineren Streifen oder Kacheln speichern</translation>
    </message>
    <message>
        <source>predictor {0} is not read of such numbers; save it without a predictor</source>
        <translation>Prädiktor {0} wird bei solchen Zahlen nicht gelesen; ohne Prädiktor speichern</translation>
    </message>
    <message>
        <source>region {0} is in another image</source>
        <translation>die Region {0} ist in einem anderen Bild</translation>
    </message>
    <message>
        <source>region {0} is not in the project any more</source>
        <translation>die Region {0} ist nicht mehr im Projekt</translation>
    </message>
    <message>
        <source>run {0} is over; begin another one</source>
        <translation>der Lauf {0} ist beendet; einen neuen beginnen</translation>
    </message>
    <message>
        <source>select at least one image</source>
        <translation>Wählen Sie mindestens ein Bild aus</translation>
    </message>
    <message>
        <source>select at least one region</source>
        <translation>mindestens eine Region auswählen</translation>
    </message>
    <message>
        <source>select at least two clusters to merge</source>
        <translation>mindestens zwei Cluster zum Verbinden auswählen</translation>
    </message>
    <message>
        <source>select at least two regions to merge</source>
        <translation>mindestens zwei Regionen zum Verbinden auswählen</translation>
    </message>
    <message>
        <source>shows nothing: every pixel is transparent, or marked as without data</source>
        <translation>zeigt nichts: jedes Pixel ist durchsichtig oder als ohne Daten markiert</translation>
    </message>
    <message>
        <source>so many small pieces are not read; save it in larger strips or tiles</source>
        <translation>so viele kleine Stücke werden nicht gelesen; in größeren Streifen oder Kacheln speichern</translation>
    </message>
    <message>
        <source>stopped; what was finished is kept</source>
        <translation>abgebrochen; Fertiges bleibt erhalten</translation>
    </message>
    <message>
        <source>that file system is read-only; choose another place</source>
        <translation>dieses Dateisystem ist schreibgeschützt; einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>that is a folder</source>
        <translation>das ist ein Ordner</translation>
    </message>
    <message>
        <source>that is a folder; give the name of a file</source>
        <translation>das ist ein Ordner; den Namen einer Datei angeben</translation>
    </message>
    <message>
        <source>that link leads back to itself; choose another place</source>
        <translation>diese Verknüpfung führt auf sich selbst zurück; einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>the disk is full; free some space and try again</source>
        <translation>der Datenträger ist voll; Platz schaffen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>the file&apos;s name is not valid Unicode; rename it</source>
        <translation>der Dateiname ist kein gültiges Unicode; die Datei umbenennen</translation>
    </message>
    <message>
        <source>the folder does not exist; create it or choose another place</source>
        <translation>den Ordner gibt es nicht; ihn anlegen oder einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>the image was edited meanwhile; suggest its partition again</source>
        <translation>das Bild wurde inzwischen bearbeitet; die Aufteilung noch einmal vorschlagen lassen</translation>
    </message>
    <message>
        <source>the label name {0} has characters that cannot be shown; leave them out</source>
        <translation>der Labelname {0} enthält Zeichen, die sich nicht anzeigen lassen; sie weglassen</translation>
    </message>
    <message>
        <source>the line does not divide the region; draw it across, from outline to outline</source>
        <translation>die Linie teilt die Region nicht; quer hindurch ziehen, von Umriss zu Umriss</translation>
    </message>
    <message>
        <source>the list has {0} names, at most {1} can be compared</source>
        <translation>die Liste hat {0} Namen, höchstens {1} lassen sich vergleichen</translation>
    </message>
    <message>
        <source>the list names nothing; write class names with commas between, such as: car, road, sky</source>
        <translation>die Liste nennt nichts; Klassennamen mit Kommas dazwischen schreiben, etwa: Auto, Straße, Himmel</translation>
    </message>
    <message>
        <source>the model&apos;s projection is for tokens of {0} numbers, not {1}; choose another model</source>
        <translation>die Projektion des Modells ist für Tokens aus {0} Zahlen, nicht {1}; ein anderes Modell wählen</translation>
    </message>
    <message>
        <source>the name is too long; choose a shorter one</source>
        <translation>der Name ist zu lang; einen kürzeren wählen</translation>
    </message>
    <message>
        <source>the other image has no named regions to copy from</source>
        <translation>das andere Bild hat keine benannten Regionen, von denen sich etwas übernehmen ließe</translation>
    </message>
    <message>
        <source>the regions of this cluster all look the same: it cannot be split</source>
        <translation>die Regionen dieses Clusters sehen alle gleich aus: Er lässt sich nicht teilen</translation>
    </message>
    <message>
        <source>the supercategory {0} has characters that cannot be shown; leave them out</source>
        <translation>die Oberkategorie {0} enthält Zeichen, die sich nicht anzeigen lassen; sie weglassen</translation>
    </message>
    <message>
        <source>there are no holes to fill</source>
        <translation>es gibt keine Löcher zu füllen</translation>
    </message>
    <message>
        <source>there are {0};</source>
        <translation>es gibt {0};</translation>
    </message>
    <message>
        <source>there is a label &quot;{0}&quot; already; choose another name</source>
        <translation>ein Label „{0}“ gibt es schon; einen anderen Namen wählen</translation>
    </message>
    <message>
        <source>there is a label &quot;{0}&quot; already; merge the two, or choose another name</source>
        <translation>ein Label „{0}“ gibt es schon; die beiden vereinigen oder einen anderen Namen wählen</translation>
    </message>
    <message>
        <source>there is no cluster {0}, or it has no regions any more; cluster them again</source>
        <translation>einen Cluster {0} gibt es nicht, oder er hat keine Regionen mehr; neu gruppieren</translation>
    </message>
    <message>
        <source>there is no key “{0}”: {1} A path with {2} in it goes in quotes</source>
        <translation>den Schlüssel „{0}“ gibt es nicht: {1} Ein Pfad mit {2} darin gehört in Anführungszeichen</translation>
    </message>
    <message>
        <source>there is no label “{0}”{1}</source>
        <translation>es gibt kein Label „{0}“{1}</translation>
    </message>
    <message>
        <source>there is no other region in this image that could have the pixels</source>
        <translation>in diesem Bild gibt es keine andere Region, die die Pixel bekommen könnte</translation>
    </message>
    <message>
        <source>there is no {0} “{1}”: write {2} or {3}</source>
        <translation>{0} „{1}“ gibt es nicht: {2} oder {3} schreiben</translation>
    </message>
    <message>
        <source>there is nothing to be cut out here; click on the thing itself</source>
        <translation>hier gibt es nichts herauszuschneiden; auf das Ding selbst klicken</translation>
    </message>
    <message>
        <source>there is nothing to merge this region with: no other is left, or it is named differently or rejected</source>
        <translation>diese Region lässt sich mit nichts verbinden: Es ist keine andere da, oder sie heißt anders oder ist abgelehnt</translation>
    </message>
    <message>
        <source>these are too few bands for their kind of colour; save it as grey or RGB</source>
        <translation>zu wenige Bänder für diese Art von Farbe; in Grau oder RGB speichern</translation>
    </message>
    <message>
        <source>these regions are of different images; select regions of one image</source>
        <translation>diese Regionen sind aus verschiedenen Bildern; Regionen eines Bildes auswählen</translation>
    </message>
    <message>
        <source>this compression is not read of such colours; save it as RGB</source>
        <translation>diese Kompression wird bei solchen Farben nicht gelesen; als RGB speichern</translation>
    </message>
    <message>
        <source>this compression is not read; save it with deflate compression, or with none</source>
        <translation>diese Kompression wird nicht gelesen; mit Deflate-Kompression oder ohne speichern</translation>
    </message>
    <message>
        <source>this compression is read of 8 bits only; save it with deflate compression</source>
        <translation>diese Kompression wird nur bei 8 Bit gelesen; mit Deflate-Kompression speichern</translation>
    </message>
    <message>
        <source>this compression is read of RGB only; save it with deflate compression</source>
        <translation>diese Kompression wird nur bei RGB gelesen; mit Deflate-Kompression speichern</translation>
    </message>
    <message>
        <source>this does not divide the region: one part would have no pixels</source>
        <translation>das teilt die Region nicht: Ein Teil hätte keine Pixel</translation>
    </message>
    <message>
        <source>this image has no concept tree; propose its regions again to get one</source>
        <translation>dieses Bild hat keinen Konzeptbaum; seine Regionen neu vorschlagen lassen, um einen zu bekommen</translation>
    </message>
    <message>
        <source>this region is in one piece</source>
        <translation>diese Region besteht aus einem Stück</translation>
    </message>
    <message>
        <source>this region is in {0} pieces, too many for regions; smooth its outline first</source>
        <translation>diese Region besteht aus {0} Stücken, zu viele für Regionen; erst den Umriss glätten</translation>
    </message>
    <message>
        <source>this region is one fine concept: the tree cannot split it further</source>
        <translation>diese Region ist ein einziges feines Konzept: Der Baum kann sie nicht weiter teilen</translation>
    </message>
    <message>
        <source>too large: {0} GB, at most {1} GB</source>
        <translation>zu groß: {0} GB, höchstens {1} GB</translation>
    </message>
    <message>
        <source>too large: {0} x {1} pixels, at most {2} megapixels</source>
        <translation>zu groß: {0} × {1} Pixel, höchstens {2} Megapixel</translation>
    </message>
    <message>
        <source>truncated {0} file</source>
        <translation>abgeschnittene {0}-Datei</translation>
    </message>
    <message>
        <source>what its numbers mean is not said; save it as grey or RGB</source>
        <translation>was ihre Zahlen bedeuten, ist nicht angegeben; in Grau oder RGB speichern</translation>
    </message>
    <message>
        <source>which bands are red, green and blue is not known; save three bands as RGB, or one as grey</source>
        <translation>welche Bänder Rot, Grün und Blau sind, ist nicht bekannt; drei Bänder als RGB oder eines in Grau speichern</translation>
    </message>
    <message>
        <source>with a box but no outline</source>
        <translation>mit Rahmen, aber ohne Umriss</translation>
    </message>
    <message>
        <source>with polygons of less than three points</source>
        <translation>mit Polygonen aus weniger als drei Punkten</translation>
    </message>
    <message>
        <source>your disk quota is used up; free some space and try again</source>
        <translation>das Speicherkontingent ist aufgebraucht; Platz schaffen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>{0} bands of {1} bits, {2}</source>
        <translation>{0} Bänder mit {1} Bit, {2}</translation>
    </message>
    <message>
        <source>{0} belongs to another program; choose another folder</source>
        <translation>{0} gehört zu einem anderen Programm; einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>{0} can be read, not written; change its permissions or copy the project</source>
        <translation>{0} lässt sich lesen, aber nicht schreiben; die Zugriffsrechte ändern oder das Projekt kopieren</translation>
    </message>
    <message>
        <source>{0} has a quote without an end: add a &quot;</source>
        <translation>{0} hat ein Anführungszeichen ohne Ende: ein &quot; ergänzen</translation>
    </message>
    <message>
        <source>{0} has work of its own; nothing was moved</source>
        <translation>{0} ist selbst schon bearbeitet; nichts wurde verschoben</translation>
    </message>
    <message>
        <source>{0} holds the backups of a project whose {1} is missing; restore the last one, or choose another folder</source>
        <translation>{0} enthält die Sicherungen eines Projekts, dessen {1} fehlt; die letzte wiederherstellen oder einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>{0} is a file, not a project; give the project&apos;s folder</source>
        <translation>{0} ist eine Datei, kein Projekt; den Ordner des Projekts angeben</translation>
    </message>
    <message>
        <source>{0} is a file; give a folder for the project</source>
        <translation>{0} ist eine Datei; einen Ordner für das Projekt angeben</translation>
    </message>
    <message>
        <source>{0} is a name, no number: write {1}:{2}</source>
        <translation>{0} ist ein Name, keine Zahl: {1}:{2} schreiben</translation>
    </message>
    <message>
        <source>{0} is a project already; open it, or choose another folder</source>
        <translation>{0} ist schon ein Projekt; es öffnen oder einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>{0} is damaged and there is no backup that reads in {1}</source>
        <translation>{0} ist beschädigt, und in {1} gibt es keine lesbare Sicherung</translation>
    </message>
    <message>
        <source>{0} is not a project: it holds no {1}; create the project first</source>
        <translation>{0} ist kein Projekt: {1} fehlt darin; das Projekt zuerst anlegen</translation>
    </message>
    <message>
        <source>{0} is not done: accept its names first, then mark it as reviewed</source>
        <translation>{0} ist nicht fertig: erst die Namen übernehmen, dann als geprüft markieren</translation>
    </message>
    <message>
        <source>{0} is not in the project</source>
        <translation>{0} gehört nicht zum Projekt</translation>
    </message>
    <message>
        <source>{0} is not read; convert it to a TIFF of RGB</source>
        <translation>{0} wird nicht gelesen; in ein RGB-TIFF umwandeln</translation>
    </message>
    <message>
        <source>{0} is not the picture that {1} was; choose another file</source>
        <translation>{0} ist nicht das Bild, das {1} war; wählen Sie eine andere Datei</translation>
    </message>
    <message>
        <source>{0} needs a whole number: write {1}&gt;10</source>
        <translation>{0} braucht eine ganze Zahl: {1}&gt;10 schreiben</translation>
    </message>
    <message>
        <source>{0}: &quot;labels&quot; is no list; export the list anew</source>
        <translation>{0}: „labels“ ist keine Liste; die Liste neu exportieren</translation>
    </message>
    <message>
        <source>{0}: &quot;{1}&quot; could be {2}; match by path, or rename one of the two (nothing was changed)</source>
        <translation>{0}: „{1}“ könnte {2} sein; nach dem Pfad zuordnen oder eines der beiden umbenennen (nichts wurde geändert)</translation>
    </message>
    <message>
        <source>{0}: a corner lacks its second number; export the labels anew</source>
        <translation>{0}: einem Eckpunkt fehlt die zweite Zahl; die Labels neu exportieren</translation>
    </message>
    <message>
        <source>{0}: a file is in the way; choose another folder</source>
        <translation>{0}: Eine Datei ist im Weg; einen anderen Ordner wählen</translation>
    </message>
    <message>
        <source>{0}: a newer version of ACSeg Desktop made this project; update the program</source>
        <translation>{0}: Eine neuere Version von ACSeg Desktop hat dieses Projekt angelegt; das Programm aktualisieren</translation>
    </message>
    <message>
        <source>{0}: a newer version of ACSeg Desktop wrote this list (version {1}); update it</source>
        <translation>{0}: Eine neuere Version von ACSeg Desktop hat diese Liste geschrieben (Version {1}); das Programm aktualisieren</translation>
    </message>
    <message>
        <source>{0}: a number in it has thousands of digits; export the list anew</source>
        <translation>{0}: Eine Zahl darin hat Tausende Stellen; die Liste neu exportieren</translation>
    </message>
    <message>
        <source>{0}: a picture is there, which would be lost; choose another file</source>
        <translation>{0}: Dort ist ein Bild, das verloren ginge; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: an older version made this project; open it once for writing to bring it up to date</source>
        <translation>{0}: Eine ältere Version hat dieses Projekt angelegt; es einmal zum Schreiben öffnen, damit es auf den neuesten Stand kommt</translation>
    </message>
    <message>
        <source>{0}: another file was put in its place while it was open; the log of the other is left out</source>
        <translation>{0}: Während sie geöffnet war, wurde eine andere Datei an ihre Stelle gelegt; das Protokoll der früheren bleibt außen vor</translation>
    </message>
    <message>
        <source>{0}: another file was put in its place while the project was open; nothing more is written there, and all that was open is in {1}</source>
        <translation>{0}: Während das Projekt geöffnet war, wurde eine andere Datei an ihre Stelle gelegt; dort wird nichts mehr geschrieben, und alles, was geöffnet war, ist in {1}</translation>
    </message>
    <message>
        <source>{0}: another program is using the database; close it and try again</source>
        <translation>{0}: Ein anderes Programm benutzt die Datenbank; es schließen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>{0}: cannot be copied to {1}: {2}</source>
        <translation>{0}: lässt sich nicht nach {1} kopieren: {2}</translation>
    </message>
    <message>
        <source>{0}: cannot tell the foreground; choose another model</source>
        <translation>{0}: kann den Vordergrund nicht erkennen; ein anderes Modell wählen</translation>
    </message>
    <message>
        <source>{0}: class {1} has no name; add it to data.yaml</source>
        <translation>{0}: Klasse {1} hat keinen Namen; in data.yaml ergänzen</translation>
    </message>
    <message>
        <source>{0}: corners are not from 0 to 1; they must be shares of the image&apos;s size</source>
        <translation>{0}: Eckpunkte liegen nicht zwischen 0 und 1; sie müssen Anteile der Bildgröße sein</translation>
    </message>
    <message>
        <source>{0}: it can be read, not written; change its permissions or copy the project</source>
        <translation>{0}: lässt sich lesen, aber nicht schreiben; die Zugriffsrechte ändern oder das Projekt kopieren</translation>
    </message>
    <message>
        <source>{0}: it cannot be looked into ({1}); check the path and permissions</source>
        <translation>{0}: Der Ordner lässt sich nicht einsehen ({1}); Pfad und Berechtigungen prüfen</translation>
    </message>
    <message>
        <source>{0}: it has no label {1}; see the names to be replaced</source>
        <translation>{0}: darin gibt es kein Label {1}; die zu ersetzenden Namen prüfen</translation>
    </message>
    <message>
        <source>{0}: it is damaged, or no state of a project; choose another file</source>
        <translation>{0}: Die Datei ist beschädigt oder kein Stand eines Projekts; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: it is no object with a &quot;name&quot;; export the list anew</source>
        <translation>{0}: kein Objekt mit „name“; die Liste neu exportieren</translation>
    </message>
    <message>
        <source>{0}: it was copied while it was open, and its log is of another moment; that is left out, and the last edits are missing</source>
        <translation>{0}: Die Datei wurde kopiert, während sie geöffnet war, und ihr Protokoll stammt von einem anderen Zeitpunkt; es bleibt außen vor, und die letzten Änderungen fehlen</translation>
    </message>
    <message>
        <source>{0}: it was copied while it was open, perhaps with the log of another moment; look it over, or restore the last backup</source>
        <translation>{0}: Die Datei wurde kopiert, während sie geöffnet war, vielleicht mit dem Protokoll eines anderen Zeitpunkts; das Projekt durchsehen oder die letzte Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>{0}: it was copied while it was open, without its log; the last edits may be missing</source>
        <translation>{0}: Die Datei wurde kopiert, während sie geöffnet war, und ohne ihr Protokoll; die letzten Änderungen können fehlen</translation>
    </message>
    <message>
        <source>{0}: it was moved or deleted while the project was open; all that was open is in {1}</source>
        <translation>{0}: Die Datei wurde verschoben oder gelöscht, während das Projekt geöffnet war; alles, was geöffnet war, ist in {1}</translation>
    </message>
    <message>
        <source>{0}: it was replaced or moved while it was open; open the project again</source>
        <translation>{0}: Die Datei wurde ersetzt oder verschoben, während sie geöffnet war; das Projekt neu öffnen</translation>
    </message>
    <message>
        <source>{0}: it was replaced, moved or deleted while the project was open, and what was open cannot be kept ({1}); leave the program open, free some space and make any edit to try again</source>
        <translation>{0}: Die Datei wurde ersetzt, verschoben oder gelöscht, während das Projekt geöffnet war, und was geöffnet war, lässt sich nicht sichern ({1}); das Programm geöffnet lassen, Platz schaffen und es mit irgendeiner Änderung noch einmal versuchen</translation>
    </message>
    <message>
        <source>{0}: its weights are not on this machine and {1}; on a machine with network get {2} of {3} from the Hugging Face hub, and pass it with --weights or save it as {4}</source>
        <translation>{0}: Die Gewichte sind nicht auf diesem Rechner, und {1}; auf einem Rechner mit Netz {2} aus {3} vom Hugging Face Hub holen und als Gewichte angeben oder als {4} speichern</translation>
    </message>
    <message>
        <source>{0}: its weights are not on this machine and {1}; on a machine with network {2}, and give the file with --text-weights or save it as {3}</source>
        <translation>{0}: Die Gewichte sind nicht auf diesem Rechner, und {1}; auf einem Rechner mit Netz {2} und die Datei als Gewichte des Textmodells angeben oder als {3} speichern</translation>
    </message>
    <message>
        <source>{0}: its words cannot be read here ({1})</source>
        <translation>{0}: Die Wörter des Modells lassen sich hier nicht lesen ({1})</translation>
    </message>
    <message>
        <source>{0}: its {1} makes no sense; export the list anew</source>
        <translation>{0}: {1} ergibt keinen Sinn; die Liste neu exportieren</translation>
    </message>
    <message>
        <source>{0}: label &quot;{1}&quot;: {2}</source>
        <translation>{0}: Label „{1}“: {2}</translation>
    </message>
    <message>
        <source>{0}: needs a name: write {1}:{2}</source>
        <translation>{0}: braucht einen Namen: {1}:{2} schreiben</translation>
    </message>
    <message>
        <source>{0}: no backup could be made before bringing the project up to date; free some space</source>
        <translation>{0}: Vor der Aktualisierung des Projekts ließ sich keine Sicherung anlegen; Platz schaffen</translation>
    </message>
    <message>
        <source>{0}: no image in it can be read{1}; choose a folder of photos</source>
        <translation>{0}: Kein Bild darin ist lesbar{1}; einen Ordner mit Fotos wählen</translation>
    </message>
    <message>
        <source>{0}: no such file; check the path, or connect the drive it is on</source>
        <translation>{0}: nicht vorhanden; Pfad prüfen oder das Laufwerk anschließen</translation>
    </message>
    <message>
        <source>{0}: no such file; give the path of the text model&apos;s weights</source>
        <translation>{0}: Diese Datei gibt es nicht; den Pfad der Gewichte des Textmodells angeben</translation>
    </message>
    <message>
        <source>{0}: no such folder; check the path, or connect the drive it is on</source>
        <translation>{0}: Diesen Ordner gibt es nicht; den Pfad prüfen oder das Laufwerk anschließen, auf dem er liegt</translation>
    </message>
    <message>
        <source>{0}: no such folder; choose the folder the images are in now</source>
        <translation>{0}: Diesen Ordner gibt es nicht; den Ordner wählen, in dem die Bilder jetzt liegen</translation>
    </message>
    <message>
        <source>{0}: no such generator file; make one with `acseg train`</source>
        <translation>{0}: Diese Generatordatei gibt es nicht; eine mit `acseg train` erzeugen</translation>
    </message>
    <message>
        <source>{0}: no such weights file; give the path of a safetensors file</source>
        <translation>{0}: Diese Gewichtedatei gibt es nicht; den Pfad einer safetensors-Datei angeben</translation>
    </message>
    <message>
        <source>{0}: no weights of that tag{1}; write {2}:TAG, or give a file of weights</source>
        <translation>{0}: Gewichte mit diesem Tag gibt es nicht{1}; {2}:TAG schreiben oder eine Gewichtedatei angeben</translation>
    </message>
    <message>
        <source>{0}: nobody reads from that pipe; start its reader first</source>
        <translation>{0}: Niemand liest aus dieser Pipe; zuerst das lesende Programm starten</translation>
    </message>
    <message>
        <source>{0}: none of its images is in the project: it names {1}, {2}</source>
        <translation>{0}: keines der Bilder darin gehört zum Projekt: genannt sind {1}, {2}</translation>
    </message>
    <message>
        <source>{0}: none of the project&apos;s images is there; choose the folder that holds {1}</source>
        <translation>{0}: Keines der Bilder des Projekts ist dort; den Ordner wählen, in dem {1} liegt</translation>
    </message>
    <message>
        <source>{0}: not a folder; give the folder that holds the images</source>
        <translation>{0}: kein Ordner; den Ordner mit den Bildern angeben</translation>
    </message>
    <message>
        <source>{0}: not a generator made by `acseg train`, or damaged; choose another file</source>
        <translation>{0}: kein von `acseg train` erzeugter Generator, oder beschädigt; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: not a model file, or damaged; choose another file</source>
        <translation>{0}: keine Modelldatei, oder beschädigt; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: not a projection, or damaged; install the program again</source>
        <translation>{0}: keine Projektion, oder beschädigt; das Programm neu installieren</translation>
    </message>
    <message>
        <source>{0}: not a safetensors file, or damaged; get it again</source>
        <translation>{0}: keine safetensors-Datei, oder beschädigt; sie noch einmal holen</translation>
    </message>
    <message>
        <source>{0}: not weights of {1}, or damaged; check the model&apos;s name and the file</source>
        <translation>{0}: keine Gewichte von {1}, oder beschädigt; den Namen des Modells und die Datei prüfen</translation>
    </message>
    <message>
        <source>{0}: nothing to export: every image that was asked for is missing or changed on disk; scan the images again, or relocate them</source>
        <translation>{0}: nichts zu exportieren: Alle verlangten Bilder fehlen oder wurden geändert; lesen Sie den Bildordner neu ein oder geben Sie an, wo die Bilder jetzt sind</translation>
    </message>
    <message>
        <source>{0}: nothing to export: no image is done yet; finish one, or export the images with names, or all of them</source>
        <translation>{0}: nichts zu exportieren: Noch kein Bild ist fertig; schließen Sie eines ab, oder exportieren Sie die Bilder mit Namen oder alle</translation>
    </message>
    <message>
        <source>{0}: nothing to export: no image was asked for</source>
        <translation>{0}: nichts zu exportieren: Es wurde kein Bild verlangt</translation>
    </message>
    <message>
        <source>{0}: nothing to export: no region has a name yet; name some, or export all images</source>
        <translation>{0}: nichts zu exportieren: Noch keine Region hat einen Namen; benennen Sie einige, oder exportieren Sie alle Bilder</translation>
    </message>
    <message>
        <source>{0}: open_clip has no model of that name; try ViT-B-32, ViT-B-16 or ViT-L-14</source>
        <translation>{0}: open_clip hat kein Modell dieses Namens; ViT-B-32, ViT-B-16 oder ViT-L-14 versuchen</translation>
    </message>
    <message>
        <source>{0}: out of memory for a single image on {1}; take a smaller input size or another device</source>
        <translation>{0}: Der Speicher reicht auf {1} nicht für ein einziges Bild; eine kleinere Eingabegröße oder ein anderes Gerät wählen</translation>
    </message>
    <message>
        <source>{0}: shape {1} has a mask that cannot be read; mend it with labelme</source>
        <translation>{0}: Form {1} hat eine Maske, die sich nicht lesen lässt; mit labelme berichtigen</translation>
    </message>
    <message>
        <source>{0}: shape {1} has a point that is no place in a picture; mend it with labelme</source>
        <translation>{0}: Form {1} hat einen Punkt, der in keinem Bild liegen kann; mit labelme berichtigen</translation>
    </message>
    <message>
        <source>{0}: shape {1} has no label; mend it with labelme</source>
        <translation>{0}: Form {1} hat kein Label; mit labelme berichtigen</translation>
    </message>
    <message>
        <source>{0}: shape {1} has points that are no numbers; mend it with labelme</source>
        <translation>{0}: Form {1} hat Punkte, die keine Zahlen sind; mit labelme berichtigen</translation>
    </message>
    <message>
        <source>{0}: that is a disk or a socket; give the name of a file</source>
        <translation>{0}: Das ist ein Laufwerk oder ein Socket; den Namen einer Datei angeben</translation>
    </message>
    <message>
        <source>{0}: that is a photo of the project in {1}; choose another file</source>
        <translation>{0}: Das ist ein Foto des Projekts in {1}; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: that is a photo of the project; choose another file</source>
        <translation>{0}: Das ist ein Foto des Projekts; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: that is the project itself; choose another file</source>
        <translation>{0}: Das ist das Projekt selbst; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: that place is for the project&apos;s own files; choose another place</source>
        <translation>{0}: Dieser Ort ist für die eigenen Dateien des Projekts; einen anderen Ort wählen</translation>
    </message>
    <message>
        <source>{0}: the copies need {1} MB more than are free; make room, or add fewer photos</source>
        <translation>{0}: für die Kopien fehlen {1} MB; Platz schaffen oder weniger Fotos hinzufügen</translation>
    </message>
    <message>
        <source>{0}: the database is damaged ({1}); {2}</source>
        <translation>{0}: Die Datenbank ist beschädigt ({1}); {2}</translation>
    </message>
    <message>
        <source>{0}: the database is sound, and there is no backup that reads</source>
        <translation>{0}: Die Datenbank ist in Ordnung, und es gibt keine lesbare Sicherung</translation>
    </message>
    <message>
        <source>{0}: the disk is full; nothing was changed, free some space and try again</source>
        <translation>{0}: Der Datenträger ist voll; nichts wurde geändert, Platz schaffen und noch einmal versuchen</translation>
    </message>
    <message>
        <source>{0}: the disk is full; the project can be read, not changed, until there is some space</source>
        <translation>{0}: Der Datenträger ist voll; bis Platz geschaffen ist, lässt sich das Projekt lesen, aber nicht ändern</translation>
    </message>
    <message>
        <source>{0}: the folder can be read, not written; change its permissions or copy the project</source>
        <translation>{0}: Der Ordner lässt sich lesen, aber nicht schreiben; die Zugriffsrechte ändern oder das Projekt kopieren</translation>
    </message>
    <message>
        <source>{0}: the names of the classes are missing; write them into {1}</source>
        <translation>{0}: die Namen der Klassen fehlen; in {1} schreiben</translation>
    </message>
    <message>
        <source>{0}: the project is closed; open it again</source>
        <translation>{0}: Das Projekt ist geschlossen; es wieder öffnen</translation>
    </message>
    <message>
        <source>{0}: the project is open in another program; close it there, to change it here</source>
        <translation>{0}: Das Projekt ist in einem anderen Programm geöffnet; dort schließen, um es hier zu ändern</translation>
    </message>
    <message>
        <source>{0}: the project is open read-only; open it for writing to change it</source>
        <translation>{0}: Das Projekt ist schreibgeschützt geöffnet; zum Ändern zum Schreiben öffnen</translation>
    </message>
    <message>
        <source>{0}: there are no clusters yet; group the regions first</source>
        <translation>{0}: Es gibt noch keine Cluster; die Regionen zuerst gruppieren</translation>
    </message>
    <message>
        <source>{0}: there are no label files (.txt) in a folder &quot;labels&quot;; choose YOLO&apos;s data.yaml</source>
        <translation>{0}: es gibt keine Label-Dateien (.txt) in einem Ordner „labels“; die data.yaml von YOLO wählen</translation>
    </message>
    <message>
        <source>{0}: there are no labels in it; choose a list of ours or of CVAT&apos;s, a COCO file with categories, or text</source>
        <translation>{0}: Darin sind keine Labels; eine Liste von ACSeg oder CVAT, eine COCO-Datei mit Kategorien oder Text wählen</translation>
    </message>
    <message>
        <source>{0}: there are no names in it; choose the data.yaml of a YOLO data set</source>
        <translation>{0}: Darin sind keine Namen; die data.yaml eines YOLO-Datensatzes wählen</translation>
    </message>
    <message>
        <source>{0}: there are no photos; choose photos, or a folder that holds some</source>
        <translation>{0}: keine Fotos gefunden; Fotos wählen oder einen Ordner, der welche enthält</translation>
    </message>
    <message>
        <source>{0}: there are no regions to cluster; propose some first</source>
        <translation>{0}: Es gibt keine Regionen zum Gruppieren; zuerst welche vorschlagen lassen</translation>
    </message>
    <message>
        <source>{0}: there is no data.yaml with the names of the classes; put one beside the labels</source>
        <translation>{0}: es gibt keine data.yaml mit den Namen der Klassen; eine neben die Labels legen</translation>
    </message>
    <message>
        <source>{0}: there is no file of labelme in it; choose the folder with its JSON files</source>
        <translation>{0}: darin ist keine Datei von labelme; den Ordner mit seinen JSON-Dateien wählen</translation>
    </message>
    <message>
        <source>{0}: there is no folder SegmentationClass; choose the folder of the data set</source>
        <translation>{0}: es gibt keinen Ordner SegmentationClass; den Ordner des Datensatzes wählen</translation>
    </message>
    <message>
        <source>{0}: there is no label in it; write one name on each line</source>
        <translation>{0}: Darin ist kein Label; in jede Zeile einen Namen schreiben</translation>
    </message>
    <message>
        <source>{0}: there is no label map (.png) in it; choose the folder with them</source>
        <translation>{0}: darin ist keine Labelkarte (.png); den Ordner damit wählen</translation>
    </message>
    <message>
        <source>{0}: there is no name in it; write one on each line</source>
        <translation>{0}: darin steht kein Name; einen je Zeile schreiben</translation>
    </message>
    <message>
        <source>{0}: there is no project, and no backup of one</source>
        <translation>{0}: Dort ist weder ein Projekt noch die Sicherung eines Projekts</translation>
    </message>
    <message>
        <source>{0}: there is no such file or folder</source>
        <translation>{0}: diese Datei oder diesen Ordner gibt es nicht</translation>
    </message>
    <message>
        <source>{0}: there is no such file; choose a backup or a kept state of the project</source>
        <translation>{0}: Diese Datei gibt es nicht; eine Sicherung oder einen aufgehobenen Stand des Projekts wählen</translation>
    </message>
    <message>
        <source>{0}: there is no such folder; create the project first</source>
        <translation>{0}: Diesen Ordner gibt es nicht; das Projekt zuerst anlegen</translation>
    </message>
    <message>
        <source>{0}: there is no such folder; give the folder that holds the images</source>
        <translation>{0}: Diesen Ordner gibt es nicht; den Ordner mit den Bildern angeben</translation>
    </message>
    <message>
        <source>{0}: there is no such folder; give the folder that holds the images now</source>
        <translation>{0}: Diesen Ordner gibt es nicht; den Ordner angeben, in dem die Bilder jetzt liegen</translation>
    </message>
    <message>
        <source>{0}: these weights do not fit the backbone; check its name and the file</source>
        <translation>{0}: Diese Gewichte passen nicht zum Backbone; dessen Namen und die Datei prüfen</translation>
    </message>
    <message>
        <source>{0}: this generator was trained for {1}, not for {2}; choose that backbone, or train a generator with `acseg train --backbone {3}`</source>
        <translation>{0}: Dieser Generator wurde für {1} trainiert, nicht für {2}; jenen Backbone wählen oder mit `acseg train --backbone {3}` einen Generator trainieren</translation>
    </message>
    <message>
        <source>{0}: this generator was trained on other weights of {1}; give the same weights file as in training, or train a generator for these</source>
        <translation>{0}: Dieser Generator wurde mit anderen Gewichten von {1} trainiert; dieselbe Gewichtedatei wie beim Training angeben oder einen Generator für diese trainieren</translation>
    </message>
    <message>
        <source>{0}: this has more than {1} megapixels; make it smaller</source>
        <translation>{0}: das hat mehr als {1} Megapixel; verkleinern</translation>
    </message>
    <message>
        <source>{0}: this has {1} brackets inside of each other and more, so it is no file of labels</source>
        <translation>{0}: hier sind {1} Klammern und mehr ineinander; das ist keine Datei mit Labels</translation>
    </message>
    <message>
        <source>{0}: this is XML or HTML, no list of labels; export the labels as JSON or text</source>
        <translation>{0}: Das ist XML oder HTML, keine Labelliste; die Labels als JSON oder Text exportieren</translation>
    </message>
    <message>
        <source>{0}: this is a table, no list of labels; keep only the names, one on each line</source>
        <translation>{0}: Das ist eine Tabelle, keine Labelliste; nur die Namen behalten, einen auf jeder Zeile</translation>
    </message>
    <message>
        <source>{0}: this is nested too deeply for a list of labels; choose another file</source>
        <translation>{0}: Das ist zu tief verschachtelt für eine Labelliste; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: this is no class with numbers after it; export the labels anew</source>
        <translation>{0}: das ist keine Klasse mit Zahlen dahinter; die Labels neu exportieren</translation>
    </message>
    <message>
        <source>{0}: this is no file of labelme: it has no shapes</source>
        <translation>{0}: das ist keine Datei von labelme: sie hat keine Formen</translation>
    </message>
    <message>
        <source>{0}: this is no list of labels as {1} has it; leave the format out</source>
        <translation>{0}: Das ist keine Labelliste, wie {1} sie hat; das Format weglassen</translation>
    </message>
    <message>
        <source>{0}: this is no sound JSON ({1}); export it anew</source>
        <translation>{0}: das ist kein gültiges JSON ({1}); neu exportieren</translation>
    </message>
    <message>
        <source>{0}: this is no sound JSON; save it anew with labelme</source>
        <translation>{0}: das ist kein gültiges JSON; mit labelme neu speichern</translation>
    </message>
    <message>
        <source>{0}: this is no sound JSON; write a list of names</source>
        <translation>{0}: das ist kein gültiges JSON; eine Liste von Namen schreiben</translation>
    </message>
    <message>
        <source>{0}: this is no sound PNG; export it anew</source>
        <translation>{0}: das ist kein gültiges PNG; neu exportieren</translation>
    </message>
    <message>
        <source>{0}: this is no text in UTF-8; save it as UTF-8</source>
        <translation>{0}: das ist kein Text in UTF-8; als UTF-8 speichern</translation>
    </message>
    <message>
        <source>{0}: this is none of the formats that are read ({1}); say which with --format</source>
        <translation>{0}: das ist keines der Formate, die gelesen werden ({1}); mit --format angeben</translation>
    </message>
    <message>
        <source>{0}: this is too large for the labels of one image; export the labels anew</source>
        <translation>{0}: das ist zu groß für die Labels eines Bildes; die Labels neu exportieren</translation>
    </message>
    <message>
        <source>{0}: this is too long for a list of labels; choose another file</source>
        <translation>{0}: Das ist zu lang für eine Labelliste; eine andere Datei wählen</translation>
    </message>
    <message>
        <source>{0}: this map of objects is not of the size of its map of classes; export both anew</source>
        <translation>{0}: diese Karte der Objekte hat nicht die Größe der Karte der Klassen; beide neu exportieren</translation>
    </message>
    <message>
        <source>{0}: timm has no vision transformer of that name; try {1} or vit_small_patch8_224.dino</source>
        <translation>{0}: timm hat keinen Vision Transformer dieses Namens; {1} oder vit_small_patch8_224.dino versuchen</translation>
    </message>
    <message>
        <source>{0}: timm knows no weights for it; give a safetensors file with --weights</source>
        <translation>{0}: timm kennt keine Gewichte dafür; eine safetensors-Datei als Gewichte angeben</translation>
    </message>
    <message>
        <source>{0}: write a list of names, or names by number: {&quot;1&quot;: &quot;car&quot;}</source>
        <translation>{0}: eine Liste von Namen schreiben, oder Namen nach Nummer: {&quot;1&quot;: &quot;Auto&quot;}</translation>
    </message>
    <message>
        <source>{0}: {1} are all {2}; match by path (nothing was changed)</source>
        <translation>{0}: {1} sind alle {2}; nach dem Pfad zuordnen (nichts wurde geändert)</translation>
    </message>
    <message>
        <source>{0}: {1}; check its permissions</source>
        <translation>{0}: {1}; die Berechtigungen prüfen</translation>
    </message>
    <message>
        <source>{0}: {1}; check that the disk has space, is connected and can be written</source>
        <translation>{0}: {1}; prüfen, ob der Datenträger Platz hat, angeschlossen und beschreibbar ist</translation>
    </message>
    <message>
        <source>{0}: {1}; choose another folder or change its permissions</source>
        <translation>{0}: {1}; einen anderen Ordner wählen oder die Berechtigungen ändern</translation>
    </message>
    <message>
        <source>{0}: {1}; install the program again</source>
        <translation>{0}: {1}; das Programm neu installieren</translation>
    </message>
    <message>
        <source>{0}:{1}: its colour is no three numbers; export it anew</source>
        <translation>{0}:{1}: die Farbe besteht nicht aus drei Zahlen; neu exportieren</translation>
    </message>
    <message>
        <source>{0}:{1}: this is no JSON ({2}); export the list anew</source>
        <translation>{0}:{1}: Das ist kein JSON ({2}); die Liste neu exportieren</translation>
    </message>
    <message>
        <source>{0}:{1}: this is no YAML; export the list anew</source>
        <translation>{0}:{1}: Das ist kein YAML; die Liste neu exportieren</translation>
    </message>
    <message>
        <source>{0}:{1}: this is no text in UTF-8; choose a list of labels, or save it as UTF-8</source>
        <translation>{0}:{1}: Das ist kein Text in UTF-8; eine Labelliste wählen oder die Datei als UTF-8 speichern</translation>
    </message>
    <message>
        <source>{0}; it is kept as {1}</source>
        <translation>{0}; aufgehoben als {1}</translation>
    </message>
</context>
<context>
    <name>Doubtful names</name>
    <message numerus="yes">
        <source>%Ln name(s) corrected</source>
        <translation>
            <numerusform>%Ln Name berichtigt</numerusform>
            <numerusform>%Ln Namen berichtigt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) kept; undo asks again</source>
        <translation>
            <numerusform>%Ln Name behalten; Rückgängig fragt wieder</numerusform>
            <numerusform>%Ln Namen behalten; Rückgängig fragt wieder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) of {count} will be corrected</source>
        <translation>
            <numerusform>%Ln Name von {count} wird berichtigt</numerusform>
            <numerusform>%Ln Namen von {count} werden berichtigt</numerusform>
        </translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>Berichtigen</translation>
    </message>
    <message>
        <source>Correct names</source>
        <translation>Namen berichtigen</translation>
    </message>
    <message>
        <source>No name is in doubt</source>
        <translation>Kein Name ist zweifelhaft</translation>
    </message>
    <message>
        <source>Take the other name where it is sure</source>
        <translation>Den anderen Namen nehmen, wo er sicher ist</translation>
    </message>
    <message>
        <source>These regions get the other name without a look; some names that were right will be lost. One undo takes all of it back.</source>
        <translation>Diese Regionen bekommen den anderen Namen, ohne dass sie jemand ansieht; manche richtigen Namen gehen verloren. Einmal Rückgängig nimmt alles zurück.</translation>
    </message>
</context>
<context>
    <name>Errors</name>
    <message>
        <source>Go on with what was open</source>
        <translation>Mit dem geöffneten Stand weitermachen</translation>
    </message>
    <message>
        <source>Made by a newer version</source>
        <translation>Mit einer neueren Version erstellt</translation>
    </message>
    <message>
        <source>No images found</source>
        <translation>Keine Bilder gefunden</translation>
    </message>
    <message>
        <source>No project there</source>
        <translation>Dort ist kein Projekt</translation>
    </message>
    <message>
        <source>Open read-only</source>
        <translation>Schreibgeschützt öffnen</translation>
    </message>
    <message>
        <source>Reading or writing failed</source>
        <translation>Lesen oder Schreiben fehlgeschlagen</translation>
    </message>
    <message>
        <source>Restore the last backup</source>
        <translation>Letzte Sicherung wiederherstellen</translation>
    </message>
    <message>
        <source>Something is not installed</source>
        <translation>Etwas ist nicht installiert</translation>
    </message>
    <message>
        <source>Something is there already</source>
        <translation>Dort ist schon etwas</translation>
    </message>
    <message>
        <source>Something went wrong</source>
        <translation>Etwas ist schiefgegangen</translation>
    </message>
    <message>
        <source>That did not work</source>
        <translation>Das hat nicht geklappt</translation>
    </message>
    <message>
        <source>That does not work here</source>
        <translation>Das geht hier nicht</translation>
    </message>
    <message>
        <source>The model cannot be loaded</source>
        <translation>Das Modell lässt sich nicht laden</translation>
    </message>
    <message>
        <source>The project cannot be written</source>
        <translation>Das Projekt lässt sich nicht schreiben</translation>
    </message>
    <message>
        <source>The project is damaged</source>
        <translation>Das Projekt ist beschädigt</translation>
    </message>
    <message>
        <source>The project is open in another program</source>
        <translation>Das Projekt ist in einem anderen Programm geöffnet</translation>
    </message>
    <message>
        <source>The project&apos;s file was replaced</source>
        <translation>Die Datei des Projekts wurde ersetzt</translation>
    </message>
    <message>
        <source>The weights are missing</source>
        <translation>Die Gewichte fehlen</translation>
    </message>
    <message>
        <source>The weights do not fit</source>
        <translation>Die Gewichte passen nicht</translation>
    </message>
    <message>
        <source>This is a bug in ACSeg Desktop, not your fault. Everything you did before is saved. Please report it with the details below.</source>
        <translation>Das ist ein Fehler in ACSeg Desktop. Alles bisher Getane ist gespeichert. Bitte mit den Einzelheiten unten melden.</translation>
    </message>
    <message>
        <source>Unknown backbone</source>
        <translation>Unbekannter Backbone</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message numerus="yes">
        <source>%Ln categor(y,ies)</source>
        <translation>
            <numerusform>%Ln Kategorie</numerusform>
            <numerusform>%Ln Kategorien</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: file cannot be read</source>
        <translation>
            <numerusform>%Ln Bild bleibt zurück: Datei nicht lesbar</numerusform>
            <numerusform>%Ln Bilder bleiben zurück: Datei nicht lesbar</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: file changed since it was labelled</source>
        <translation>
            <numerusform>%Ln Bild bleibt zurück: Datei seit dem Beschriften geändert</numerusform>
            <numerusform>%Ln Bilder bleiben zurück: Datei seit dem Beschriften geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: file missing</source>
        <translation>
            <numerusform>%Ln Bild bleibt zurück: Datei fehlt</numerusform>
            <numerusform>%Ln Bilder bleiben zurück: Datei fehlt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: not done</source>
        <translation>
            <numerusform>%Ln Bild bleibt zurück: nicht fertig</numerusform>
            <numerusform>%Ln Bilder bleiben zurück: nicht fertig</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: nothing named</source>
        <translation>
            <numerusform>%Ln Bild bleibt zurück: nichts benannt</numerusform>
            <numerusform>%Ln Bilder bleiben zurück: nichts benannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) without any</source>
        <translation>
            <numerusform>%Ln Bild ohne</numerusform>
            <numerusform>%Ln Bilder ohne</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them of things</source>
        <translation>
            <numerusform>davon %Ln von Dingen</numerusform>
            <numerusform>davon %Ln von Dingen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pixel(s)</source>
        <translation>
            <numerusform>%Ln Pixel</numerusform>
            <numerusform>%Ln Pixel</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln point(s)</source>
        <translation>
            <numerusform>%Ln Punkt</numerusform>
            <numerusform>%Ln Punkte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln polygon(s) not exact: {pixels} changed ({share}), {points} in all.</source>
        <translation>
            <numerusform>%Ln Polygon nicht genau: {pixels} anders ({share}), insgesamt {points}.</numerusform>
            <numerusform>%Ln Polygone nicht genau: {pixels} anders ({share}), insgesamt {points}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) in several parts, one annotation for each part.</source>
        <translation>
            <numerusform>%Ln Region in mehreren Teilen, für jeden Teil eine Annotation.</numerusform>
            <numerusform>%Ln Regionen in mehreren Teilen, für jeden Teil eine Annotation.</numerusform>
        </translation>
    </message>
    <message>
        <source>Accepted regions with a label</source>
        <translation>Bestätigte Regionen mit Label</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>Alle Bilder</translation>
    </message>
    <message>
        <source>All images with names</source>
        <translation>Alle Bilder mit Namen</translation>
    </message>
    <message>
        <source>All polygons are exactly the masks: {points}.</source>
        <translation>Alle Polygone entsprechen genau den Masken: {points}.</translation>
    </message>
    <message>
        <source>All regions; unnamed ones as “region”</source>
        <translation>Alle Regionen; unbenannte als „region“</translation>
    </message>
    <message>
        <source>Also images whose file is missing or has changed</source>
        <translation>Auch Bilder, deren Datei fehlt oder geändert wurde</translation>
    </message>
    <message>
        <source>COCO annotations (*.json)</source>
        <translation>COCO-Annotationen (*.json)</translation>
    </message>
    <message>
        <source>COCO file</source>
        <translation>COCO-Datei</translation>
    </message>
    <message>
        <source>Cancelled; no file was written.</source>
        <translation>Abgebrochen; es wurde keine Datei geschrieben.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>Wird gezählt…</translation>
    </message>
    <message>
        <source>Done images</source>
        <translation>Fertige Bilder</translation>
    </message>
    <message>
        <source>Every region with a label</source>
        <translation>Alle Regionen mit Label</translation>
    </message>
    <message>
        <source>Exact to the pixel</source>
        <translation>Pixelgenau</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export to COCO</source>
        <translation>Nach COCO exportieren</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>For tools that read no masks; holes are cut open by a line of no width</source>
        <translation>Für Werkzeuge, die keine Masken lesen; Löcher werden durch eine Linie ohne Breite aufgeschnitten</translation>
    </message>
    <message>
        <source>How far outlines may be off, to have fewer points</source>
        <translation>Wie weit Umrisse abweichen dürfen, um mit weniger Punkten auszukommen</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Masks (RLE)</source>
        <translation>Masken (RLE)</translation>
    </message>
    <message>
        <source>No image is done yet. Finish one, or choose other images.</source>
        <translation>Noch kein Bild ist fertig. Schließen Sie eines ab, oder wählen Sie andere Bilder.</translation>
    </message>
    <message>
        <source>Nothing to export.</source>
        <translation>Nichts zu exportieren.</translation>
    </message>
    <message>
        <source>Of things: two cars in one region are two annotations. Stuff is always one.</source>
        <translation>Bei Dingen: Zwei Autos in einer Region sind zwei Annotationen. Flächen sind immer eine.</translation>
    </message>
    <message>
        <source>One JSON file; images without regions are listed too.</source>
        <translation>Eine JSON-Datei; auch Bilder ohne Regionen sind aufgeführt.</translation>
    </message>
    <message>
        <source>One annotation for each part</source>
        <translation>Eine Annotation für jeden Teil</translation>
    </message>
    <message>
        <source>One for each region</source>
        <translation>Eine für jede Region</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Polygons</source>
        <translation>Polygone</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>Formen</translation>
    </message>
    <message>
        <source>Show these images</source>
        <translation>Diese Bilder zeigen</translation>
    </message>
    <message numerus="yes">
        <source>The %Ln selected image(s)</source>
        <translation>
            <numerusform>Das %Ln ausgewählte Bild</numerusform>
            <numerusform>Die %Ln ausgewählten Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>The export failed because of a bug in the program.</source>
        <translation>Der Export ist an einem Programmfehler gescheitert.</translation>
    </message>
    <message>
        <source>Things</source>
        <translation>Dinge</translation>
    </message>
    <message>
        <source>Tolerance of polygons</source>
        <translation>Toleranz der Polygone</translation>
    </message>
    <message>
        <source>Wrote {what} to {name}.</source>
        <translation>{what} in {name} geschrieben.</translation>
    </message>
    <message>
        <source>exact</source>
        <translation>genau</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>{name} is there already. Press again to replace it.</source>
        <translation>{name} gibt es schon. Zum Ersetzen noch einmal drücken.</translation>
    </message>
</context>
<context>
    <name>Finishing</name>
    <message>
        <source>Closing the project and making its last backup</source>
        <translation>Das Projekt wird geschlossen und ein letztes Mal gesichert</translation>
    </message>
    <message>
        <source>Finishing…</source>
        <translation>Wird beendet…</translation>
    </message>
    <message>
        <source>Keep waiting</source>
        <translation>Weiter warten</translation>
    </message>
    <message>
        <source>Quit now</source>
        <translation>Jetzt beenden</translation>
    </message>
    <message>
        <source>Saving your last changes</source>
        <translation>Die letzten Änderungen werden gespeichert</translation>
    </message>
    <message>
        <source>Stopping what is still running</source>
        <translation>Was noch läuft, wird angehalten</translation>
    </message>
    <message>
        <source>Stopping: {title}</source>
        <translation>Wird angehalten: {title}</translation>
    </message>
    <message>
        <source>This is taking longer than usual. What is saved stays saved; if you quit now, what is listed above will not be finished.</source>
        <translation>Das dauert länger als sonst. Was gespeichert ist, bleibt gespeichert; wenn Sie jetzt beenden, wird nicht fertig, was oben steht.</translation>
    </message>
</context>
<context>
    <name>First steps</name>
    <message>
        <source>Accept</source>
        <translation>Bestätigen</translation>
    </message>
    <message>
        <source>Click a region on the photo; Ctrl+click adds another, {key} selects all.</source>
        <translation>Eine Region im Foto anklicken; Strg+Klick nimmt eine dazu, {key} wählt alle.</translation>
    </message>
    <message>
        <source>Close the first steps</source>
        <translation>Erste Schritte schließen</translation>
    </message>
    <message>
        <source>Close; Help ▸ First steps shows them again</source>
        <translation>Schließen; Hilfe ▸ Erste Schritte zeigt sie wieder</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>Is the photo right? {key} accepts its names and goes on to the next one.</source>
        <translation>Stimmt das Foto? {key} übernimmt seine Namen und geht zum nächsten weiter.</translation>
    </message>
    <message>
        <source>Look-alikes</source>
        <translation>Ähnliche</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Benennen</translation>
    </message>
    <message>
        <source>Press {key} and type what the selection shows. Names get the keys 1 to 9.</source>
        <translation>{key} drücken und eingeben, was die Auswahl zeigt. Namen erhalten die Tasten 1 bis 9.</translation>
    </message>
    <message>
        <source>Press {key}: regions that look alike, in whatever photo they are, get their name at once.</source>
        <translation>{key} drücken: Was sich ähnlich sieht, bekommt in allen Fotos auf einmal seinen Namen.</translation>
    </message>
    <message>
        <source>Press {key}: the model proposes regions for your photos, in the background.</source>
        <translation>{key} drücken: Das Modell schlägt im Hintergrund Regionen für die Fotos vor.</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Select</source>
        <translation>Auswählen</translation>
    </message>
    <message>
        <source>That is all. The concept browser ({key}) names many alike regions at once.</source>
        <translation>Das ist alles. Die Konzeptübersicht ({key}) benennt viele ähnliche Regionen auf einmal.</translation>
    </message>
    <message>
        <source>{key} writes what you accepted to a file for training.</source>
        <translation>{key} schreibt das Bestätigte in eine Datei zum Trainieren.</translation>
    </message>
</context>
<context>
    <name>Forms</name>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>{name} is there already; choose that name to replace it</source>
        <translation>{name} ist schon da; diesen Namen wählen, um die Datei zu ersetzen</translation>
    </message>
</context>
<context>
    <name>Granularity</name>
    <message numerus="yes">
        <source>%Ln image(s) cut anew</source>
        <translation>
            <numerusform>%Ln Bild neu aufgeteilt</numerusform>
            <numerusform>%Ln Bilder neu aufgeteilt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message>
        <source>Coarser or finer regions for this image; double-click for the default</source>
        <translation>Gröbere oder feinere Regionen für dieses Bild; Doppelklick für die Voreinstellung</translation>
    </message>
    <message>
        <source>Granularity</source>
        <translation>Feinheit</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Nichts zu tun</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>The project is open read-only</source>
        <translation>Das Projekt ist schreibgeschützt geöffnet</translation>
    </message>
    <message>
        <source>The regions are as coarse as they can be</source>
        <translation>Gröber geht es nicht</translation>
    </message>
    <message>
        <source>The regions are as fine as they can be</source>
        <translation>Feiner geht es nicht</translation>
    </message>
    <message>
        <source>This image has no concept tree yet; press {key} to propose its regions</source>
        <translation>Dieses Bild hat noch keinen Konzeptbaum; {key} schlägt Regionen vor</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message numerus="yes">
        <source>%Ln file(s) skipped</source>
        <translation>
            <numerusform>%Ln Datei übergangen</numerusform>
            <numerusform>%Ln Dateien übergangen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label map(s) left out, as they belong to photos.</source>
        <translation>
            <numerusform>%Ln Labelkarte wurde ausgelassen, da sie zu einem Foto gehört.</numerusform>
            <numerusform>%Ln Labelkarten wurden ausgelassen, da sie zu Fotos gehören.</numerusform>
        </translation>
    </message>
    <message>
        <source>About ACSeg Desktop</source>
        <translation>Über ACSeg Desktop</translation>
    </message>
    <message>
        <source>Add to the selection</source>
        <translation>Zur Auswahl hinzufügen</translation>
    </message>
    <message>
        <source>Alt+drag, right drag</source>
        <translation>Alt+Ziehen, rechts ziehen</translation>
    </message>
    <message>
        <source>Alt+wheel, Shift+wheel</source>
        <translation>Alt+Rad, Umschalt+Rad</translation>
    </message>
    <message>
        <source>Brush and eraser: size</source>
        <translation>Pinsel und Radierer: Größe</translation>
    </message>
    <message>
        <source>Brush and eraser: straight line</source>
        <translation>Pinsel und Radierer: gerade Linie</translation>
    </message>
    <message>
        <source>Brush and eraser: the other way round</source>
        <translation>Pinsel und Radierer: umgekehrt</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>Ändern…</translation>
    </message>
    <message>
        <source>Click</source>
        <translation>Klick</translation>
    </message>
    <message>
        <source>Click, right click</source>
        <translation>Klick, Rechtsklick</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Ctrl+A</source>
        <translation>Strg+A</translation>
    </message>
    <message>
        <source>Ctrl/Shift+click</source>
        <translation>Strg/Umschalt+Klick</translation>
    </message>
    <message>
        <source>Drag</source>
        <translation>Ziehen</translation>
    </message>
    <message>
        <source>Drag a box</source>
        <translation>Rahmen ziehen</translation>
    </message>
    <message>
        <source>Every image in the folder can be used.</source>
        <translation>Jedes Bild im Ordner ist brauchbar.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>In the concept browser</source>
        <translation>In der Konzeptübersicht</translation>
    </message>
    <message>
        <source>Middle drag, Space+drag</source>
        <translation>Mit mittlerer Taste oder Leertaste ziehen</translation>
    </message>
    <message>
        <source>Mouse</source>
        <translation>Maus</translation>
    </message>
    <message>
        <source>Next cluster, into its regions</source>
        <translation>Nächster Cluster, in seine Regionen</translation>
    </message>
    <message>
        <source>No file was skipped</source>
        <translation>Keine Datei übergangen</translation>
    </message>
    <message>
        <source>Pan</source>
        <translation>Verschieben</translation>
    </message>
    <message>
        <source>Polygon: draw freely</source>
        <translation>Polygon: frei zeichnen</translation>
    </message>
    <message>
        <source>Python {python}, Qt {qt}, icons: Material Design Icons</source>
        <translation>Python {python}, Qt {qt}, Symbole: Material Design Icons</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Segmentation labels for photos that have none: a frozen vision transformer (DINOv2) and the Adaptive Concept Generator (ACSeg, CVPR 2023) propose regions; you merge, name and export them.</source>
        <translation>Segmentierungslabels für Fotos, die noch keine haben: Ein eingefrorener Vision Transformer (DINOv2) und der Adaptive Concept Generator (ACSeg, CVPR 2023) schlagen Regionen vor; von Hand werden sie verbunden, benannt und exportiert.</translation>
    </message>
    <message>
        <source>Select a region</source>
        <translation>Region auswählen</translation>
    </message>
    <message>
        <source>Select more</source>
        <translation>Mehr auswählen</translation>
    </message>
    <message>
        <source>Select several</source>
        <translation>Mehrere auswählen</translation>
    </message>
    <message>
        <source>Select the whole cluster</source>
        <translation>Ganzen Cluster auswählen</translation>
    </message>
    <message>
        <source>Shift+arrows, Ctrl+click</source>
        <translation>Umschalt+Pfeile, Strg+Klick</translation>
    </message>
    <message>
        <source>Shift+click</source>
        <translation>Umschalt+Klick</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Show all regions of a cluster</source>
        <translation>Alle Regionen eines Clusters zeigen</translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation>Übergangene Dateien</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Split by clicks: this, not this</source>
        <translation>Durch Klicks teilen: dies, nicht dies</translation>
    </message>
    <message>
        <source>Take label maps as photos</source>
        <translation>Labelkarten als Fotos nehmen</translation>
    </message>
    <message>
        <source>These files of the image folder cannot be used; mend or replace them, then rescan the folder.</source>
        <translation>Diese Dateien des Bildordners sind nicht brauchbar; reparieren oder ersetzen, dann den Ordner neu einlesen.</translation>
    </message>
    <message>
        <source>Version {version}, Apache License 2.0</source>
        <translation>Version {version}, Apache-Lizenz 2.0</translation>
    </message>
    <message>
        <source>What is grey is not possible at the moment.</source>
        <translation>Graues ist zurzeit nicht möglich.</translation>
    </message>
    <message>
        <source>Wheel</source>
        <translation>Mausrad</translation>
    </message>
    <message>
        <source>Zoom at the cursor</source>
        <translation>Am Mauszeiger zoomen</translation>
    </message>
    <message>
        <source>↓, →</source>
        <translation>↓, →</translation>
    </message>
</context>
<context>
    <name>Hints</name>
    <message>
        <source>Choose a tool first</source>
        <translation>Zuerst ein Werkzeug wählen</translation>
    </message>
    <message>
        <source>No name is suggested for the selection</source>
        <translation>Für die Auswahl ist kein Name vorgeschlagen</translation>
    </message>
    <message>
        <source>Nothing is being drawn</source>
        <translation>Es wird nichts gezeichnet</translation>
    </message>
    <message>
        <source>Open a project first</source>
        <translation>Zuerst ein Projekt öffnen</translation>
    </message>
    <message>
        <source>Press {browser} for the concept browser first</source>
        <translation>Zuerst mit {browser} die Konzeptübersicht öffnen</translation>
    </message>
    <message>
        <source>Press {brush} for the brush first</source>
        <translation>Zuerst mit {brush} den Pinsel wählen</translation>
    </message>
    <message>
        <source>Select a cluster or regions first</source>
        <translation>Zuerst einen Cluster oder Regionen auswählen</translation>
    </message>
    <message>
        <source>Select a region first</source>
        <translation>Zuerst eine Region auswählen</translation>
    </message>
    <message>
        <source>Select one cluster only</source>
        <translation>Nur einen Cluster auswählen</translation>
    </message>
    <message>
        <source>Select one region only</source>
        <translation>Nur eine Region auswählen</translation>
    </message>
    <message>
        <source>Select the regions that do not belong to their cluster first</source>
        <translation>Zuerst die Regionen auswählen, die nicht in ihren Cluster gehören</translation>
    </message>
    <message>
        <source>Select two or more clusters by their headers (Ctrl+click, Shift+↓) to merge them</source>
        <translation>Zum Verbinden zwei oder mehr Cluster an ihren Kopfzeilen auswählen (Strg+Klick, Umschalt+↓)</translation>
    </message>
    <message>
        <source>Select two or more regions to merge them</source>
        <translation>Zum Verbinden zwei oder mehr Regionen auswählen</translation>
    </message>
    <message>
        <source>The project is open read-only</source>
        <translation>Das Projekt ist schreibgeschützt geöffnet</translation>
    </message>
    <message>
        <source>There is no image</source>
        <translation>Es gibt kein Bild</translation>
    </message>
    <message>
        <source>This image has no concept tree yet; press {propose} to propose its regions</source>
        <translation>Dieses Bild hat noch keinen Konzeptbaum; {propose} schlägt Regionen vor</translation>
    </message>
    <message>
        <source>This image has no regions yet; press {propose} to propose some</source>
        <translation>Dieses Bild hat noch keine Regionen; {propose} schlägt welche vor</translation>
    </message>
    <message>
        <source>Wait until the work on many images is done, or cancel it</source>
        <translation>Erst die Arbeit an vielen Bildern abwarten oder abbrechen</translation>
    </message>
</context>
<context>
    <name>Image comment</name>
    <message>
        <source>Comment on this image</source>
        <translation>Kommentar zu diesem Bild</translation>
    </message>
    <message>
        <source>What should others know about this image?</source>
        <translation>Was sollten andere über dieses Bild wissen?</translation>
    </message>
</context>
<context>
    <name>Image list</name>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>By confidence</source>
        <translation>Nach Sicherheit</translation>
    </message>
    <message>
        <source>By last change</source>
        <translation>Nach letzter Änderung</translation>
    </message>
    <message>
        <source>By path</source>
        <translation>Nach Pfad</translation>
    </message>
    <message>
        <source>By regions</source>
        <translation>Nach Regionen</translation>
    </message>
    <message>
        <source>By status</source>
        <translation>Nach Status</translation>
    </message>
    <message>
        <source>By what teaches</source>
        <translation>Nach Lernwert</translation>
    </message>
    <message>
        <source>Clear search</source>
        <translation>Suche leeren</translation>
    </message>
    <message>
        <source>File cannot be read</source>
        <translation>Datei nicht lesbar</translation>
    </message>
    <message>
        <source>File changed</source>
        <translation>Datei geändert</translation>
    </message>
    <message>
        <source>File missing</source>
        <translation>Datei fehlt</translation>
    </message>
    <message>
        <source>File missing or changed</source>
        <translation>Datei fehlt oder ist verändert</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter by status, queue or label</source>
        <translation>Nach Status, Warteschlange oder Label filtern</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>Label</translation>
    </message>
    <message>
        <source>No image matches.</source>
        <translation>Kein Bild passt.</translation>
    </message>
    <message>
        <source>Not done yet</source>
        <translation>Noch nicht fertig</translation>
    </message>
    <message>
        <source>Order of the images</source>
        <translation>Reihenfolge der Bilder</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Reviewed</source>
        <translation>Geprüft</translation>
    </message>
    <message>
        <source>Several rows of thumbnails</source>
        <translation>Mehrere Reihen von Vorschaubildern</translation>
    </message>
    <message>
        <source>Show the regions on the thumbnails</source>
        <translation>Regionen auf den Vorschaubildern zeigen</translation>
    </message>
    <message>
        <source>Status</source>
        <translation>Status</translation>
    </message>
    <message>
        <source>The greatest first</source>
        <translation>Das Größte zuerst</translation>
    </message>
    <message>
        <source>The least first</source>
        <translation>Das Kleinste zuerst</translation>
    </message>
    <message>
        <source>There are no images in the folder.</source>
        <translation>In dem Ordner sind keine Bilder.</translation>
    </message>
    <message>
        <source>Waiting for review</source>
        <translation>Zur Durchsicht</translation>
    </message>
    <message>
        <source>Which images come first, here and as the next one to review</source>
        <translation>Welche Bilder zuerst kommen, hier und bei der Durchsicht</translation>
    </message>
    <message>
        <source>With a comment</source>
        <translation>Mit Kommentar</translation>
    </message>
    <message>
        <source>With suggested names</source>
        <translation>Mit vorgeschlagenen Namen</translation>
    </message>
    <message>
        <source>With unnamed regions</source>
        <translation>Mit unbenannten Regionen</translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln image(s)</source>
        <translation>
            <numerusform>{count} von %Ln Bild</numerusform>
            <numerusform>{count} von %Ln Bildern</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln image(s) selected</source>
        <translation>
            <numerusform>{count} von %Ln Bild ausgewählt</numerusform>
            <numerusform>{count} von %Ln Bildern ausgewählt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{named} of %Ln region(s) named</source>
        <translation>
            <numerusform>{named} von %Ln Region benannt</numerusform>
            <numerusform>{named} von %Ln Regionen benannt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Image search</name>
    <message>
        <source>All words must hold; a minus before one means the opposite, quotes keep words together.</source>
        <translation>Alle Wörter müssen zutreffen; ein Minus davor heißt das Gegenteil, Anführungszeichen halten Wörter zusammen.</translation>
    </message>
    <message>
        <source>Search images</source>
        <translation>Bilder suchen</translation>
    </message>
    <message>
        <source>Search: street label:car conf&lt;0.6</source>
        <translation>Suche: street label:car conf&lt;0.6</translation>
    </message>
    <message>
        <source>a region has one of these labels</source>
        <translation>eine Region hat eines dieser Labels</translation>
    </message>
    <message>
        <source>a region has this label</source>
        <translation>eine Region hat dieses Label</translation>
    </message>
    <message>
        <source>a second person found it right; also {keys}</source>
        <translation>eine zweite Person fand es richtig; auch {keys}</translation>
    </message>
    <message>
        <source>so many different labels</source>
        <translation>so viele verschiedene Labels</translation>
    </message>
    <message>
        <source>so many pixels; also {keys}</source>
        <translation>so viele Pixel; auch {keys}</translation>
    </message>
    <message>
        <source>so many regions; also {keys}</source>
        <translation>so viele Regionen; auch {keys}</translation>
    </message>
    <message>
        <source>the comment holds this</source>
        <translation>der Kommentar enthält dies</translation>
    </message>
    <message>
        <source>the machine is less sure of a name than that</source>
        <translation>eines Namens ist sich die Maschine weniger sicher</translation>
    </message>
    <message>
        <source>the path does not hold this</source>
        <translation>der Pfad enthält dies nicht</translation>
    </message>
    <message>
        <source>the path holds this</source>
        <translation>der Pfad enthält dies</translation>
    </message>
    <message>
        <source>this label is suggested for a region</source>
        <translation>dieses Label ist für eine Region vorgeschlagen</translation>
    </message>
</context>
<context>
    <name>Image status</name>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>In review</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>New</source>
        <translation>Neu</translation>
    </message>
    <message>
        <source>Proposed</source>
        <translation>Vorgeschlagen</translation>
    </message>
</context>
<context>
    <name>ImageCanvas</name>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Region {0} of {1}: {2}</source>
        <translation>Region {0} von {1}: {2}</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>ohne Namen</translation>
    </message>
</context>
<context>
    <name>Images</name>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln Bild</numerusform>
            <numerusform>%Ln Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) removed from the project</source>
        <translation>
            <numerusform>%Ln Bild aus dem Projekt entfernt</numerusform>
            <numerusform>%Ln Bilder aus dem Projekt entfernt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) removed; undo brings them back</source>
        <translation>
            <numerusform>%Ln Bild entfernt; Rückgängig bringt es zurück</numerusform>
            <numerusform>%Ln Bilder entfernt; Rückgängig bringt sie zurück</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) taken back</source>
        <translation>
            <numerusform>%Ln Bild zurückgeholt</numerusform>
            <numerusform>%Ln Bilder zurückgeholt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s): {status}</source>
        <translation>
            <numerusform>%Ln Bild: {status}</numerusform>
            <numerusform>%Ln Bilder: {status}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln path(s) copied</source>
        <translation>
            <numerusform>%Ln Pfad kopiert</numerusform>
            <numerusform>%Ln Pfade kopiert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) go along, {named} of them named.</source>
        <translation>
            <numerusform>%Ln Region geht mit, davon {named} benannt.</numerusform>
            <numerusform>%Ln Regionen gehen mit, davon {named} benannt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named as suggested</source>
        <translation>
            <numerusform>%Ln Region wie vorgeschlagen benannt</numerusform>
            <numerusform>%Ln Regionen wie vorgeschlagen benannt</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept all suggestions</source>
        <translation>Alle Vorschläge übernehmen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Copy paths</source>
        <translation>Pfade kopieren</translation>
    </message>
    <message>
        <source>Every image after this one is done; some before it are not ({key})</source>
        <translation>Alle Bilder nach diesem sind fertig; davor sind noch welche offen ({key})</translation>
    </message>
    <message>
        <source>Every image before this one is done; some after it are not ({key})</source>
        <translation>Alle Bilder vor diesem sind fertig; danach sind noch welche offen ({key})</translation>
    </message>
    <message>
        <source>Every region that waits for a name was shown; {key} begins again</source>
        <translation>Jede Region, die auf einen Namen wartet, wurde gezeigt; {key} beginnt von vorn</translation>
    </message>
    <message>
        <source>Export only these…</source>
        <translation>Nur diese exportieren…</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>No image was removed</source>
        <translation>Es wurde kein Bild entfernt</translation>
    </message>
    <message>
        <source>No other image that is found is not done; clear the search to see the others</source>
        <translation>Kein weiteres gefundenes Bild ist unfertig; die anderen zeigt eine leere Suche</translation>
    </message>
    <message>
        <source>No region waits for a name</source>
        <translation>Keine Region wartet auf einen Namen</translation>
    </message>
    <message>
        <source>Nothing is suggested there</source>
        <translation>Dort ist nichts vorgeschlagen</translation>
    </message>
    <message>
        <source>Propose regions</source>
        <translation>Regionen vorschlagen</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message numerus="yes">
        <source>Remove %Ln image(s) from the project?</source>
        <translation>
            <numerusform>%Ln Bild aus dem Projekt entfernen?</numerusform>
            <numerusform>%Ln Bilder aus dem Projekt entfernen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove from project…</source>
        <translation>Aus dem Projekt entfernen…</translation>
    </message>
    <message>
        <source>Removed images</source>
        <translation>Entfernte Bilder</translation>
    </message>
    <message>
        <source>Set status: {status}</source>
        <translation>Status setzen: {status}</translation>
    </message>
    <message>
        <source>Suggest partitions</source>
        <translation>Aufteilungen vorschlagen</translation>
    </message>
    <message numerus="yes">
        <source>Take back %Ln image(s)</source>
        <translation>
            <numerusform>%Ln Bild zurückholen</numerusform>
            <numerusform>%Ln Bilder zurückholen</numerusform>
        </translation>
    </message>
    <message>
        <source>The files stay where they are; undo brings the images back.</source>
        <translation>Die Dateien bleiben, wo sie sind; Rückgängig bringt die Bilder zurück.</translation>
    </message>
    <message>
        <source>Their files are still there. Taken back, images have their regions again.</source>
        <translation>Die Dateien sind noch da. Zurückgeholte Bilder haben ihre Regionen wieder.</translation>
    </message>
    <message>
        <source>There is no other image that is not done</source>
        <translation>Es gibt kein weiteres offenes Bild</translation>
    </message>
    <message>
        <source>This is the first image</source>
        <translation>Das ist das erste Bild</translation>
    </message>
    <message>
        <source>This is the last image</source>
        <translation>Das ist das letzte Bild</translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message numerus="yes">
        <source>%Ln (is,are) there already</source>
        <translation>
            <numerusform>%Ln ist schon da</numerusform>
            <numerusform>%Ln sind schon da</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) in the file, {found} of them in this project</source>
        <translation>
            <numerusform>%Ln Bild in der Datei, davon {found} in diesem Projekt</numerusform>
            <numerusform>%Ln Bilder in der Datei, davon {found} in diesem Projekt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) meant by several names</source>
        <translation>
            <numerusform>%Ln Bild ist unter mehreren Namen gemeint</numerusform>
            <numerusform>%Ln Bilder sind unter mehreren Namen gemeint</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) of the file not in this project</source>
        <translation>
            <numerusform>%Ln Bild der Datei ist nicht in diesem Projekt</numerusform>
            <numerusform>%Ln Bilder der Datei sind nicht in diesem Projekt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) would be left alone</source>
        <translation>
            <numerusform>%Ln Bild bliebe unverändert</numerusform>
            <numerusform>%Ln Bilder blieben unverändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) added</source>
        <translation>
            <numerusform>%Ln Label hinzugefügt</numerusform>
            <numerusform>%Ln Labels hinzugefügt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) changed</source>
        <translation>
            <numerusform>%Ln Label geändert</numerusform>
            <numerusform>%Ln Labels geändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) could mean several images</source>
        <translation>
            <numerusform>%Ln Name könnte mehrere Bilder meinen</numerusform>
            <numerusform>%Ln Namen könnten mehrere Bilder meinen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new label(s)</source>
        <translation>
            <numerusform>%Ln neues Label</numerusform>
            <numerusform>%Ln neue Labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of these images already (has,have) work of yours</source>
        <translation>
            <numerusform>An %Ln dieser Bilder haben Sie schon gearbeitet</numerusform>
            <numerusform>An %Ln dieser Bilder haben Sie schon gearbeitet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s)</source>
        <translation>
            <numerusform>%Ln Form</numerusform>
            <numerusform>%Ln Formen</numerusform>
        </translation>
    </message>
    <message>
        <source>Accepted names</source>
        <translation>Angenommene Namen</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>Choose a file or folder, or drop it here</source>
        <translation>Datei oder Ordner wählen oder hier ablegen</translation>
    </message>
    <message>
        <source>Could be</source>
        <translation>Könnte sein</translation>
    </message>
    <message>
        <source>Drop a file or folder with labels here</source>
        <translation>Datei oder Ordner mit Labels hier ablegen</translation>
    </message>
    <message>
        <source>File name</source>
        <translation>Dateiname</translation>
    </message>
    <message>
        <source>File name without its ending</source>
        <translation>Dateiname ohne Endung</translation>
    </message>
    <message>
        <source>File or folder</source>
        <translation>Datei oder Ordner</translation>
    </message>
    <message>
        <source>File with labels</source>
        <translation>Datei mit Labels</translation>
    </message>
    <message>
        <source>Files with labels</source>
        <translation>Dateien mit Labels</translation>
    </message>
    <message>
        <source>File…</source>
        <translation>Datei…</translation>
    </message>
    <message>
        <source>Filter names</source>
        <translation>Namen filtern</translation>
    </message>
    <message>
        <source>Find images by</source>
        <translation>Bilder finden nach</translation>
    </message>
    <message>
        <source>First images</source>
        <translation>Erste Bilder</translation>
    </message>
    <message>
        <source>Folder with labels</source>
        <translation>Ordner mit Labels</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Images before</source>
        <translation>Vorige Bilder</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import labels</source>
        <translation>Labels importieren</translation>
    </message>
    <message>
        <source>In the file</source>
        <translation>In der Datei</translation>
    </message>
    <message>
        <source>In the project</source>
        <translation>Im Projekt</translation>
    </message>
    <message>
        <source>Keep my work; shapes get the rest</source>
        <translation>Meine Arbeit bleibt; Formen erhalten den Rest</translation>
    </message>
    <message>
        <source>Labelled images of another tool, or a list of labels. Runs in the background; undo takes it back.</source>
        <translation>Gelabelte Bilder aus einem anderen Werkzeug oder eine Liste von Labels. Läuft im Hintergrund; lässt sich rückgängig machen.</translation>
    </message>
    <message>
        <source>Labels only</source>
        <translation>Nur Labels</translation>
    </message>
    <message numerus="yes">
        <source>Labels only: %Ln name(s), {known}</source>
        <translation>
            <numerusform>Nur Labels: %Ln Name, {known}</numerusform>
            <numerusform>Nur Labels: %Ln Namen, {known}</numerusform>
        </translation>
    </message>
    <message>
        <source>Labels only: {formats}</source>
        <translation>Nur Labels: {formats}</translation>
    </message>
    <message>
        <source>Labels that are there get the colour and kind of the file.</source>
        <translation>Labels, die schon da sind, erhalten Farbe und Art aus der Datei.</translation>
    </message>
    <message>
        <source>Leave all out</source>
        <translation>Alle auslassen</translation>
    </message>
    <message>
        <source>Leave out</source>
        <translation>Auslassen</translation>
    </message>
    <message>
        <source>Leave the images in review</source>
        <translation>Die Bilder in Arbeit lassen</translation>
    </message>
    <message>
        <source>Leave these out</source>
        <translation>Diese auslassen</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Next images</source>
        <translation>Nächste Bilder</translation>
    </message>
    <message>
        <source>Not used: {what}</source>
        <translation>Nicht verwendet: {what}</translation>
    </message>
    <message>
        <source>Only the first {count} are shown.</source>
        <translation>Nur die ersten {count} werden gezeigt.</translation>
    </message>
    <message>
        <source>Otherwise an image with accepted names is done</source>
        <translation>Sonst ist ein Bild mit angenommenen Namen fertig</translation>
    </message>
    <message>
        <source>Path or name, whichever fits</source>
        <translation>Pfad oder Name, was passt</translation>
    </message>
    <message>
        <source>Path with its folders</source>
        <translation>Pfad mit Ordnern</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Recognised by its content</source>
        <translation>Am Inhalt erkennen</translation>
    </message>
    <message>
        <source>Recognised: {format}</source>
        <translation>Erkannt: {format}</translation>
    </message>
    <message>
        <source>Shapes</source>
        <translation>Formen</translation>
    </message>
    <message numerus="yes">
        <source>Shapes are counted in the first %Ln image(s)</source>
        <translation>
            <numerusform>Formen sind im ersten Bild gezählt</numerusform>
            <numerusform>Formen sind in den ersten %Ln Bildern gezählt</numerusform>
        </translation>
    </message>
    <message>
        <source>Shapes take all their pixels</source>
        <translation>Formen erhalten alle ihre Pixel</translation>
    </message>
    <message>
        <source>Show the list</source>
        <translation>Die Liste zeigen</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>Zeigen…</translation>
    </message>
    <message>
        <source>Stopped; what came in is kept. Import again to go on.</source>
        <translation>Angehalten; was importiert ist, bleibt. Zum Fortsetzen noch einmal importieren.</translation>
    </message>
    <message>
        <source>Suggestions to check</source>
        <translation>Vorschläge zum Prüfen</translation>
    </message>
    <message>
        <source>Take all</source>
        <translation>Alle übernehmen</translation>
    </message>
    <message>
        <source>Take names as</source>
        <translation>Namen gelten als</translation>
    </message>
    <message>
        <source>Take these</source>
        <translation>Diese übernehmen</translation>
    </message>
    <message>
        <source>The file could not be read because of a bug in the program.</source>
        <translation>Die Datei konnte wegen eines Programmfehlers nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The later one is on top</source>
        <translation>Die spätere liegt oben</translation>
    </message>
    <message>
        <source>The smaller one is on top</source>
        <translation>Die kleinere liegt oben</translation>
    </message>
    <message>
        <source>Where shapes overlap</source>
        <translation>Wo Formen sich überdecken</translation>
    </message>
    <message>
        <source>Where you have worked</source>
        <translation>Wo Sie gearbeitet haben</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s)</source>
        <translation>
            <numerusform>in %Ln Bild</numerusform>
            <numerusform>in %Ln Bildern</numerusform>
        </translation>
    </message>
    <message>
        <source>new stuff</source>
        <translation>neue Fläche</translation>
    </message>
    <message>
        <source>new thing</source>
        <translation>neues Ding</translation>
    </message>
    <message>
        <source>new, ignored</source>
        <translation>neu, ignoriert</translation>
    </message>
    <message>
        <source>not in this project</source>
        <translation>nicht in diesem Projekt</translation>
    </message>
    <message>
        <source>nothing that is not there already</source>
        <translation>nichts, was nicht schon da ist</translation>
    </message>
    <message>
        <source>over your work</source>
        <translation>über Ihrer Arbeit</translation>
    </message>
    <message>
        <source>there already</source>
        <translation>schon da</translation>
    </message>
    <message>
        <source>without a pixel of their own</source>
        <translation>ohne eigenes Pixel</translation>
    </message>
    <message>
        <source>your work stays</source>
        <translation>Ihre Arbeit bleibt</translation>
    </message>
    <message>
        <source>{first}–{last} of {count}</source>
        <translation>{first}–{last} von {count}</translation>
    </message>
    <message>
        <source>{name} is of no format that is known. Choose its format above.</source>
        <translation>{name} hat kein bekanntes Format. Wählen Sie oben das Format.</translation>
    </message>
    <message>
        <source>{name}: some of it did not come in.</source>
        <translation>{name}: Ein Teil wurde nicht importiert.</translation>
    </message>
</context>
<context>
    <name>Label form</name>
    <message>
        <source>Another label has that name; merge the two instead.</source>
        <translation>Ein anderes Label heißt schon so; die beiden besser verbinden.</translation>
    </message>
    <message>
        <source>Can be counted: car, dog, cup</source>
        <translation>Zählbar: Auto, Hund, Tasse</translation>
    </message>
    <message>
        <source>Cannot be counted: sky, grass, water</source>
        <translation>Nicht zählbar: Himmel, Gras, Wasser</translation>
    </message>
    <message>
        <source>Chosen for you</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>Farbe</translation>
    </message>
    <message>
        <source>Create label</source>
        <translation>Label anlegen</translation>
    </message>
    <message>
        <source>Edit label</source>
        <translation>Label bearbeiten</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Taste</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>Verbinden</translation>
    </message>
    <message numerus="yes">
        <source>Merge %Ln label(s) into one</source>
        <translation>
            <numerusform>%Ln Label zu einem verbinden</numerusform>
            <numerusform>%Ln Labels zu einem verbinden</numerusform>
        </translation>
    </message>
    <message>
        <source>Merge labels</source>
        <translation>Labels verbinden</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New label</source>
        <translation>Neues Label</translation>
    </message>
    <message>
        <source>Next free key</source>
        <translation>Nächste freie Taste</translation>
    </message>
    <message>
        <source>No training and no score counts such pixels: dirt on the lens, borders.</source>
        <translation>Kein Training und keine Wertung zählt solche Pixel: Schmutz auf der Linse, Ränder.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Stuff</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <source>Supercategory</source>
        <translation>Oberkategorie</translation>
    </message>
    <message>
        <source>The regions of all of them get the label that stays:</source>
        <translation>Alle ihre Regionen erhalten das Label, das bleibt:</translation>
    </message>
    <message>
        <source>Thing</source>
        <translation>Ding</translation>
    </message>
    <message>
        <source>Void: pixels to ignore</source>
        <translation>Leer: Pixel zum Ignorieren</translation>
    </message>
    <message>
        <source>optional, such as animal</source>
        <translation>freiwillig, etwa Tier</translation>
    </message>
    <message>
        <source>{key}   (now {label})</source>
        <translation>{key}   (bisher {label})</translation>
    </message>
    <message>
        <source>“{label}” loses this key.</source>
        <translation>„{label}“ verliert diese Taste.</translation>
    </message>
</context>
<context>
    <name>Label search</name>
    <message>
        <source>Create label “{name}” · stuff, not counted</source>
        <translation>Label „{name}“ anlegen · Fläche, nicht gezählt</translation>
    </message>
    <message>
        <source>Create label “{name}” · things, counted one by one</source>
        <translation>Label „{name}“ anlegen · Dinge, einzeln gezählt</translation>
    </message>
    <message>
        <source>Esc close</source>
        <translation>Esc schließen</translation>
    </message>
    <message>
        <source>Label name</source>
        <translation>Name des Labels</translation>
    </message>
    <message numerus="yes">
        <source>Name %Ln region(s)…</source>
        <translation>
            <numerusform>Region benennen…</numerusform>
            <numerusform>%Ln Regionen benennen…</numerusform>
        </translation>
    </message>
    <message>
        <source>Name the selection…</source>
        <translation>Auswahl benennen…</translation>
    </message>
    <message>
        <source>↑ ↓ choose   Enter give   Esc close</source>
        <translation>↑ ↓ wählen   Eingabe vergeben   Esc schließen</translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message numerus="yes">
        <source>%Ln label(s) deleted; undo brings them back</source>
        <translation>
            <numerusform>%Ln Label gelöscht; Rückgängig bringt es zurück</numerusform>
            <numerusform>%Ln Labels gelöscht; Rückgängig bringt sie zurück</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) written to {name}</source>
        <translation>
            <numerusform>%Ln Label in {name} geschrieben</numerusform>
            <numerusform>%Ln Labels in {name} geschrieben</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message>
        <source>ACSeg labels, everything kept</source>
        <translation>ACSeg-Labels, mit allem</translation>
    </message>
    <message>
        <source>COCO categories</source>
        <translation>COCO-Kategorien</translation>
    </message>
    <message>
        <source>CVAT labels</source>
        <translation>CVAT-Labels</translation>
    </message>
    <message>
        <source>Change colour</source>
        <translation>Farbe ändern</translation>
    </message>
    <message>
        <source>Change colour…</source>
        <translation>Farbe ändern…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Delete labels</source>
        <translation>Labels löschen</translation>
    </message>
    <message>
        <source>Deleted “{name}”; undo brings it back</source>
        <translation>„{name}“ gelöscht; Rückgängig bringt es zurück</translation>
    </message>
    <message>
        <source>Edit label (F2 renames in place)</source>
        <translation>Label bearbeiten (F2 benennt direkt um)</translation>
    </message>
    <message>
        <source>Edit…</source>
        <translation>Bearbeiten…</translation>
    </message>
    <message>
        <source>Export labels</source>
        <translation>Labels exportieren</translation>
    </message>
    <message>
        <source>Export labels…</source>
        <translation>Labels exportieren…</translation>
    </message>
    <message>
        <source>Filter labels</source>
        <translation>Labels filtern</translation>
    </message>
    <message>
        <source>Give to selection</source>
        <translation>Der Auswahl geben</translation>
    </message>
    <message>
        <source>Group by supercategory</source>
        <translation>Nach Oberkategorie gruppieren</translation>
    </message>
    <message>
        <source>Import and export</source>
        <translation>Import und Export</translation>
    </message>
    <message>
        <source>Import labels…</source>
        <translation>Labels importieren…</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Merge labels</source>
        <translation>Labels verbinden</translation>
    </message>
    <message>
        <source>Merge…</source>
        <translation>Verbinden…</translation>
    </message>
    <message>
        <source>Move down (Alt+Down)</source>
        <translation>Nach unten (Alt+Unten)</translation>
    </message>
    <message>
        <source>Move up (Alt+Up)</source>
        <translation>Nach oben (Alt+Oben)</translation>
    </message>
    <message>
        <source>New label</source>
        <translation>Neues Label</translation>
    </message>
    <message>
        <source>No label matches.</source>
        <translation>Kein Label passt.</translation>
    </message>
    <message>
        <source>No labels yet.
Select a region and press {key} to name it,
or add a label here.</source>
        <translation>Noch keine Labels.
Eine Region auswählen und mit {key} benennen
oder hier ein Label anlegen.</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>Plain text, one name on each line</source>
        <translation>Text, ein Name je Zeile</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Show its images</source>
        <translation>Seine Bilder zeigen</translation>
    </message>
    <message>
        <source>Stuff</source>
        <translation>Stoff</translation>
    </message>
    <message>
        <source>Supercategory</source>
        <translation>Oberkategorie</translation>
    </message>
    <message>
        <source>Thing</source>
        <translation>Ding</translation>
    </message>
    <message>
        <source>Things are counted one by one, stuff is not; a click on the word changes it.</source>
        <translation>Dinge werden einzeln gezählt, Flächen nicht; ein Klick auf das Wort ändert es.</translation>
    </message>
    <message>
        <source>Void: to be ignored</source>
        <translation>Leer: zu ignorieren</translation>
    </message>
    <message>
        <source>YOLO data.yaml</source>
        <translation>YOLO data.yaml</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s)</source>
        <translation>
            <numerusform>in %Ln Bild</numerusform>
            <numerusform>in %Ln Bildern</numerusform>
        </translation>
    </message>
    <message>
        <source>labelme labels.txt</source>
        <translation>labels.txt von labelme</translation>
    </message>
    <message>
        <source>not used yet</source>
        <translation>noch nicht verwendet</translation>
    </message>
    <message>
        <source>stuff</source>
        <translation>Fläche</translation>
    </message>
    <message>
        <source>thing</source>
        <translation>Ding</translation>
    </message>
    <message>
        <source>void</source>
        <translation>leer</translation>
    </message>
</context>
<context>
    <name>Messages</name>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>Einzelheiten kopieren</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
</context>
<context>
    <name>MiniMap</name>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
</context>
<context>
    <name>Moved file</name>
    <message>
        <source>Files with the same picture</source>
        <translation>Dateien mit demselben Bild</translation>
    </message>
    <message>
        <source>It is gone from where it was, and these files hold the same picture, pixel for pixel. The one you choose gets its regions, its history and the time spent on it.</source>
        <translation>Das Bild ist nicht mehr, wo es war, und diese Dateien enthalten Pixel für Pixel dasselbe. Die Datei, die Sie wählen, bekommt seine Regionen, seinen Verlauf und die Zeit, die daran gearbeitet wurde.</translation>
    </message>
    <message>
        <source>Moved image</source>
        <translation>Verschobenes Bild</translation>
    </message>
    <message numerus="yes">
        <source>Skip (%Ln more)</source>
        <translation>
            <numerusform>Überspringen (noch %Ln)</numerusform>
            <numerusform>Überspringen (noch %Ln)</numerusform>
        </translation>
    </message>
    <message>
        <source>Use this file</source>
        <translation>Diese Datei verwenden</translation>
    </message>
    <message>
        <source>Where is {path} now?</source>
        <translation>Wo ist {path} jetzt?</translation>
    </message>
</context>
<context>
    <name>New project</name>
    <message numerus="yes">
        <source>%Ln folder(s) of thumbnails or deleted files left out</source>
        <translation>
            <numerusform>%Ln Ordner mit Vorschaubildern oder gelöschten Dateien ausgelassen</numerusform>
            <numerusform>%Ln Ordner mit Vorschaubildern oder gelöschten Dateien ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) found</source>
        <translation>
            <numerusform>%Ln Bild gefunden</numerusform>
            <numerusform>%Ln Bilder gefunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label map(s) left out</source>
        <translation>
            <numerusform>%Ln Labelkarte ausgelassen</numerusform>
            <numerusform>%Ln Labelkarten ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of a kind that is not read</source>
        <translation>
            <numerusform>%Ln von einer Art, die nicht gelesen wird</numerusform>
            <numerusform>%Ln von einer Art, die nicht gelesen wird</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them label map(s)</source>
        <translation>
            <numerusform>davon %Ln Labelkarte</numerusform>
            <numerusform>davon %Ln Labelkarten</numerusform>
        </translation>
    </message>
    <message>
        <source>A new project from a folder of photos</source>
        <translation>Neues Projekt aus einem Fotoordner</translation>
    </message>
    <message>
        <source>A small folder for names and regions. The photos stay where they are.</source>
        <translation>Ein kleiner Ordner für Namen und Regionen. Die Fotos bleiben, wo sie sind.</translation>
    </message>
    <message>
        <source>Choose the folder of your photos.</source>
        <translation>Den Ordner mit den Fotos wählen.</translation>
    </message>
    <message>
        <source>Create project</source>
        <translation>Projekt anlegen</translation>
    </message>
    <message>
        <source>Folder of photos</source>
        <translation>Fotoordner</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>Neues Projekt</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>Fotos</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Project folder</source>
        <translation>Projektordner</translation>
    </message>
    <message>
        <source>Project name</source>
        <translation>Projektname</translation>
    </message>
    <message>
        <source>Take label maps as photos, too</source>
        <translation>Auch Labelkarten als Fotos nehmen</translation>
    </message>
    <message>
        <source>That folder cannot be read: {error}</source>
        <translation>Der Ordner lässt sich nicht lesen: {error}</translation>
    </message>
    <message>
        <source>The project folder is a file; choose another place.</source>
        <translation>Der Projektordner ist eine Datei; einen anderen Ort wählen.</translation>
    </message>
    <message>
        <source>There are no images in that folder.</source>
        <translation>In diesem Ordner sind keine Bilder.</translation>
    </message>
    <message numerus="yes">
        <source>There are no images of a kind that is read in that folder; convert %Ln image(s) to PNG or JPEG.</source>
        <translation>
            <numerusform>In diesem Ordner liegen keine lesbaren Bilder; wandeln Sie %Ln Bild in PNG oder JPEG um.</numerusform>
            <numerusform>In diesem Ordner liegen keine lesbaren Bilder; wandeln Sie %Ln Bilder in PNG oder JPEG um.</numerusform>
        </translation>
    </message>
    <message>
        <source>There is a project in that folder already; open it, or choose another folder.</source>
        <translation>In diesem Ordner ist schon ein Projekt; es öffnen oder einen anderen Ordner wählen.</translation>
    </message>
</context>
<context>
    <name>Notices</name>
    <message>
        <source>Choose one of the answers above the photo: {keys}</source>
        <translation>Wählen Sie eine der Antworten über dem Foto: {keys}</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
</context>
<context>
    <name>Operations</name>
    <message>
        <source>Accept changed images</source>
        <translation>Geänderte Bilder annehmen</translation>
    </message>
    <message>
        <source>Accept image</source>
        <translation>Bild bestätigen</translation>
    </message>
    <message>
        <source>Accept suggestions</source>
        <translation>Vorschläge übernehmen</translation>
    </message>
    <message>
        <source>Add images</source>
        <translation>Bilder hinzufügen</translation>
    </message>
    <message>
        <source>Change granularity</source>
        <translation>Feinheit ändern</translation>
    </message>
    <message>
        <source>Change label</source>
        <translation>Label ändern</translation>
    </message>
    <message>
        <source>Change labels</source>
        <translation>Labels ändern</translation>
    </message>
    <message>
        <source>Check images</source>
        <translation>Bilder prüfen</translation>
    </message>
    <message>
        <source>Clear suggestions</source>
        <translation>Vorschläge löschen</translation>
    </message>
    <message>
        <source>Cluster regions</source>
        <translation>Regionen gruppieren</translation>
    </message>
    <message>
        <source>Comment on image</source>
        <translation>Bild kommentieren</translation>
    </message>
    <message>
        <source>Copy labels</source>
        <translation>Labels übernehmen</translation>
    </message>
    <message>
        <source>Correct names</source>
        <translation>Namen berichtigen</translation>
    </message>
    <message>
        <source>Create label</source>
        <translation>Label anlegen</translation>
    </message>
    <message>
        <source>Create labels</source>
        <translation>Labels anlegen</translation>
    </message>
    <message>
        <source>Cut region</source>
        <translation>Region zerschneiden</translation>
    </message>
    <message>
        <source>Decline suggestions</source>
        <translation>Vorschläge ablehnen</translation>
    </message>
    <message>
        <source>Delete label</source>
        <translation>Label löschen</translation>
    </message>
    <message>
        <source>Delete labels</source>
        <translation>Labels löschen</translation>
    </message>
    <message>
        <source>Dissolve region</source>
        <translation>Region auflösen</translation>
    </message>
    <message>
        <source>Draw region</source>
        <translation>Region zeichnen</translation>
    </message>
    <message>
        <source>Drop from cluster</source>
        <translation>Aus Cluster nehmen</translation>
    </message>
    <message>
        <source>Erase</source>
        <translation>Radieren</translation>
    </message>
    <message>
        <source>Fill holes</source>
        <translation>Löcher füllen</translation>
    </message>
    <message>
        <source>Give to neighbour</source>
        <translation>Dem Nachbarn geben</translation>
    </message>
    <message>
        <source>Grow region</source>
        <translation>Region vergrößern</translation>
    </message>
    <message>
        <source>Import labelled images</source>
        <translation>Gelabelte Bilder importieren</translation>
    </message>
    <message>
        <source>Import labels</source>
        <translation>Labels importieren</translation>
    </message>
    <message>
        <source>Keep names</source>
        <translation>Namen behalten</translation>
    </message>
    <message>
        <source>Mark as reviewed</source>
        <translation>Als geprüft markieren</translation>
    </message>
    <message>
        <source>Mark as void</source>
        <translation>Als leer kennzeichnen</translation>
    </message>
    <message>
        <source>Mark image as done</source>
        <translation>Bild als fertig markieren</translation>
    </message>
    <message>
        <source>Merge clusters</source>
        <translation>Cluster verbinden</translation>
    </message>
    <message>
        <source>Merge labels</source>
        <translation>Labels verbinden</translation>
    </message>
    <message>
        <source>Merge regions</source>
        <translation>Regionen verbinden</translation>
    </message>
    <message>
        <source>Merge upwards</source>
        <translation>Nach oben verbinden</translation>
    </message>
    <message>
        <source>Move images</source>
        <translation>Bilder verschieben</translation>
    </message>
    <message>
        <source>Move label</source>
        <translation>Label verschieben</translation>
    </message>
    <message>
        <source>Move labels</source>
        <translation>Labels verschieben</translation>
    </message>
    <message>
        <source>Name cluster</source>
        <translation>Cluster benennen</translation>
    </message>
    <message>
        <source>Name regions</source>
        <translation>Regionen benennen</translation>
    </message>
    <message>
        <source>Paint</source>
        <translation>Malen</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Recolour labels</source>
        <translation>Labels umfärben</translation>
    </message>
    <message>
        <source>Reject regions</source>
        <translation>Regionen verwerfen</translation>
    </message>
    <message>
        <source>Relocate images</source>
        <translation>Bilder neu zuordnen</translation>
    </message>
    <message>
        <source>Remove images</source>
        <translation>Bilder entfernen</translation>
    </message>
    <message>
        <source>Remove name</source>
        <translation>Namen entfernen</translation>
    </message>
    <message>
        <source>Rename regions</source>
        <translation>Regionen umbenennen</translation>
    </message>
    <message>
        <source>Revoke review</source>
        <translation>Prüfung zurücknehmen</translation>
    </message>
    <message>
        <source>Set image status</source>
        <translation>Bildstatus setzen</translation>
    </message>
    <message>
        <source>Shrink region</source>
        <translation>Region verkleinern</translation>
    </message>
    <message>
        <source>Smooth outline</source>
        <translation>Umriss glätten</translation>
    </message>
    <message>
        <source>Split cluster</source>
        <translation>Cluster teilen</translation>
    </message>
    <message>
        <source>Split into parts</source>
        <translation>In Teile zerlegen</translation>
    </message>
    <message>
        <source>Split region</source>
        <translation>Region teilen</translation>
    </message>
    <message>
        <source>Suggest names</source>
        <translation>Namen vorschlagen</translation>
    </message>
    <message>
        <source>Suggest partition</source>
        <translation>Aufteilung vorschlagen</translation>
    </message>
    <message>
        <source>Take back images</source>
        <translation>Bilder zurückholen</translation>
    </message>
    <message>
        <source>Use changed files</source>
        <translation>Geänderte Dateien verwenden</translation>
    </message>
</context>
<context>
    <name>Preferences</name>
    <message>
        <source>Accepting an image asks about suggested names that are less sure than this.</source>
        <translation>Beim Abschließen eines Bilds wird nach vorgeschlagenen Namen gefragt, die unsicherer sind.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>As the system ({language})</source>
        <translation>Wie das System ({language})</translation>
    </message>
    <message>
        <source>Ask about names below</source>
        <translation>Nachfragen bei Namen unter</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Device for models</source>
        <translation>Gerät für Modelle</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Open the window again</source>
        <translation>Fenster neu öffnen</translation>
    </message>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Size of text</source>
        <translation>Schriftgröße</translation>
    </message>
    <message>
        <source>The language changes when the window is opened again. Edits are saved; work that is going on is stopped, and what is finished stays.</source>
        <translation>Die Sprache wechselt, wenn das Fenster neu geöffnet wird. Änderungen sind gespeichert; laufende Arbeit wird angehalten, und Fertiges bleibt.</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Üblich</translation>
    </message>
    <message>
        <source>What is chosen here counts at once and is kept.</source>
        <translation>Was hier gewählt wird, gilt sofort und bleibt.</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
</context>
<context>
    <name>Project</name>
    <message numerus="yes">
        <source>%Ln edit(s) dropped from the history, {size} freed</source>
        <translation>
            <numerusform>%Ln Bearbeitung aus dem Verlauf entfernt, {size} frei geworden</numerusform>
            <numerusform>%Ln Bearbeitungen aus dem Verlauf entfernt, {size} frei geworden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be used; the others are here.</source>
        <translation>
            <numerusform>%Ln Datei war nicht brauchbar; die übrigen sind da.</numerusform>
            <numerusform>%Ln Dateien waren nicht brauchbar; die übrigen sind da.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln folder(s) of thumbnails or deleted files left out.</source>
        <translation>
            <numerusform>%Ln Ordner mit Vorschaubildern oder gelöschten Dateien wurde ausgelassen.</numerusform>
            <numerusform>%Ln Ordner mit Vorschaubildern oder gelöschten Dateien wurden ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) (was,were) moved; (its,their) regions moved along.</source>
        <translation>
            <numerusform>%Ln Bild wurde verschoben; seine Regionen sind mitgekommen.</numerusform>
            <numerusform>%Ln Bilder wurden verschoben; ihre Regionen sind mitgekommen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) can no longer be read.</source>
        <translation>
            <numerusform>%Ln Bild lässt sich nicht mehr lesen.</numerusform>
            <numerusform>%Ln Bilder lassen sich nicht mehr lesen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) changed since being added.</source>
        <translation>
            <numerusform>%Ln Bild hat sich seit dem Hinzufügen geändert.</numerusform>
            <numerusform>%Ln Bilder haben sich seit dem Hinzufügen geändert.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) found and checked</source>
        <translation>
            <numerusform>%Ln Bild gefunden und geprüft</numerusform>
            <numerusform>%Ln Bilder gefunden und geprüft</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) missing.</source>
        <translation>
            <numerusform>%Ln Bild fehlt.</numerusform>
            <numerusform>%Ln Bilder fehlen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label map(s) left out</source>
        <translation>
            <numerusform>%Ln Labelkarte ausgelassen</numerusform>
            <numerusform>%Ln Labelkarten ausgelassen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label map(s) left out, as they belong to photos.</source>
        <translation>
            <numerusform>%Ln Labelkarte wurde ausgelassen, da sie zu einem Foto gehört.</numerusform>
            <numerusform>%Ln Labelkarten wurden ausgelassen, da sie zu Fotos gehören.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln missing image(s) may have another name now: choose which.</source>
        <translation>
            <numerusform>%Ln fehlendes Bild heißt vielleicht jetzt anders: Wählen Sie, wie.</numerusform>
            <numerusform>%Ln fehlende Bilder heißen vielleicht jetzt anders: Wählen Sie, wie.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new image(s)</source>
        <translation>
            <numerusform>%Ln neues Bild</numerusform>
            <numerusform>%Ln neue Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) ready. Next: let the model propose regions for you to merge and name.</source>
        <translation>
            <numerusform>%Ln Foto ist bereit. Nächster Schritt: das Modell Regionen vorschlagen lassen, dann verbinden und benennen.</numerusform>
            <numerusform>%Ln Fotos sind bereit. Nächster Schritt: das Modell Regionen vorschlagen lassen, dann verbinden und benennen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s), {size}, are copied into {folder}, where the photos of this project are. The originals stay where they are.</source>
        <translation>
            <numerusform>%Ln Foto, {size}, wird nach {folder} kopiert, wo die Fotos dieses Projekts liegen. Das Original bleibt, wo es ist.</numerusform>
            <numerusform>%Ln Fotos, {size}, werden nach {folder} kopiert, wo die Fotos dieses Projekts liegen. Die Originale bleiben, wo sie sind.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln photo(s)?</source>
        <translation>
            <numerusform>%Ln Foto hinzufügen?</numerusform>
            <numerusform>%Ln Fotos hinzufügen?</numerusform>
        </translation>
    </message>
    <message>
        <source>Add a folder of photos</source>
        <translation>Ordner mit Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Add photos</source>
        <translation>Fotos hinzufügen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Copy and add</source>
        <translation>Kopieren und hinzufügen</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>Neues Projekt…</translation>
    </message>
    <message>
        <source>No project there</source>
        <translation>Dort ist kein Projekt</translation>
    </message>
    <message numerus="yes">
        <source>Only the first page is taken of %Ln file(s).</source>
        <translation>
            <numerusform>Von %Ln Datei wird nur die erste Seite genommen.</numerusform>
            <numerusform>Von %Ln Dateien wird nur die erste Seite genommen.</numerusform>
        </translation>
    </message>
    <message>
        <source>Open project</source>
        <translation>Projekt öffnen</translation>
    </message>
    <message>
        <source>Open read-only: you can look and export, but not change anything.</source>
        <translation>Schreibgeschützt geöffnet: Ansehen und Exportieren geht, Ändern nicht.</translation>
    </message>
    <message>
        <source>Propose regions…</source>
        <translation>Regionen vorschlagen…</translation>
    </message>
    <message>
        <source>Regions are kept and not shown on other pixels.</source>
        <translation>Regionen bleiben erhalten und erscheinen nicht auf anderen Pixeln.</translation>
    </message>
    <message>
        <source>Relocate…</source>
        <translation>Neu zuordnen…</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>Zeigen…</translation>
    </message>
    <message>
        <source>This project was copied with its photos: it uses the copies now, not the photos in {folder}.</source>
        <translation>Dieses Projekt wurde mit seinen Fotos kopiert: Es verwendet jetzt die Kopien, nicht mehr die Fotos in {folder}.</translation>
    </message>
    <message>
        <source>Use the changed file</source>
        <translation>Geänderte Datei verwenden</translation>
    </message>
    <message>
        <source>Use the changed file?</source>
        <translation>Geänderte Datei verwenden?</translation>
    </message>
    <message>
        <source>Use the changed file…</source>
        <translation>Geänderte Datei verwenden…</translation>
    </message>
    <message>
        <source>Where are the images now?</source>
        <translation>Wo sind die Bilder jetzt?</translation>
    </message>
    <message>
        <source>{folder} holds no ACSeg project. Make a new project of the photos in it?</source>
        <translation>In {folder} ist kein ACSeg-Projekt. Aus den Fotos darin ein neues Projekt anlegen?</translation>
    </message>
    <message>
        <source>{name} (read-only)</source>
        <translation>{name} (schreibgeschützt)</translation>
    </message>
    <message>
        <source>{path} changed since it was added. Its regions are kept.</source>
        <translation>{path} hat sich seit dem Hinzufügen geändert. Die Regionen bleiben erhalten.</translation>
    </message>
    <message>
        <source>{path} is missing. Its regions are kept.</source>
        <translation>{path} fehlt. Die Regionen bleiben erhalten.</translation>
    </message>
    <message>
        <source>{path} is not the image its regions were made for. Using it drops those regions; undo brings them back.</source>
        <translation>{path} ist nicht mehr das Bild, zu dem die Regionen gehören. Wird die Datei verwendet, fallen diese Regionen weg; Rückgängig bringt sie zurück.</translation>
    </message>
    <message>
        <source>{path}: {problem}. Its regions are kept.</source>
        <translation>{path}: {problem}. Die Regionen bleiben erhalten.</translation>
    </message>
</context>
<context>
    <name>Propose</name>
    <message numerus="yes">
        <source>%Ln image(s) could not be used; the others are done.</source>
        <translation>
            <numerusform>%Ln Bild war nicht brauchbar; die übrigen sind fertig.</numerusform>
            <numerusform>%Ln Bilder waren nicht brauchbar; die übrigen sind fertig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln Region</numerusform>
            <numerusform>%Ln Regionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with your work kept</source>
        <translation>
            <numerusform>%Ln mit eigener Arbeit unverändert</numerusform>
            <numerusform>%Ln mit eigener Arbeit unverändert</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>(%Ln of them done)</source>
        <translation>
            <numerusform>(%Ln davon fertig)</numerusform>
            <numerusform>(%Ln davon fertig)</numerusform>
        </translation>
    </message>
    <message>
        <source>Keep my work</source>
        <translation>Meine Arbeit behalten</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Nichts zu tun</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Replace your work on this image?</source>
        <translation>Eigene Arbeit an diesem Bild ersetzen?</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>Zeigen…</translation>
    </message>
    <message>
        <source>Stopped; what was finished is kept</source>
        <translation>Abgebrochen; Fertiges bleibt erhalten</translation>
    </message>
    <message>
        <source>You have named or merged regions of this image. New proposals replace them; undo brings them back.</source>
        <translation>Regionen dieses Bildes wurden von Hand benannt oder verbunden. Neue Vorschläge ersetzen sie; Rückgängig bringt sie zurück.</translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s)</source>
        <translation>
            <numerusform>in %Ln Bild</numerusform>
            <numerusform>in %Ln Bildern</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Propose form</name>
    <message numerus="yes">
        <source>%Ln done image(s) (is,are) left out.</source>
        <translation>
            <numerusform>%Ln fertiges Bild wird ausgelassen.</numerusform>
            <numerusform>%Ln fertige Bilder werden ausgelassen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln done image(s) will be proposed anew, too.</source>
        <translation>
            <numerusform>Auch für %Ln fertiges Bild werden neue Regionen vorgeschlagen.</numerusform>
            <numerusform>Auch für %Ln fertige Bilder werden neue Regionen vorgeschlagen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s): about {time} on this computer</source>
        <translation>
            <numerusform>%Ln Bild: etwa {time} auf diesem Rechner</numerusform>
            <numerusform>%Ln Bilder: etwa {time} auf diesem Rechner</numerusform>
        </translation>
    </message>
    <message>
        <source>A weights file of mine</source>
        <translation>Eigene Gewichtedatei</translation>
    </message>
    <message>
        <source>All images nobody has worked on</source>
        <translation>Alle Bilder, an denen noch niemand gearbeitet hat</translation>
    </message>
    <message>
        <source>Apple GPU (MPS)</source>
        <translation>Apple-GPU (MPS)</translation>
    </message>
    <message>
        <source>Backbone</source>
        <translation>Backbone</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Best there is</source>
        <translation>Das beste vorhandene</translation>
    </message>
    <message>
        <source>Bundled: DINOv2 ViT-S/14, works offline</source>
        <translation>Mitgeliefert: DINOv2 ViT-S/14, läuft offline</translation>
    </message>
    <message>
        <source>Choose the weights file (safetensors).</source>
        <translation>Die Gewichtedatei wählen (safetensors).</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Download by timm name</source>
        <translation>Über timm-Namen herunterladen</translation>
    </message>
    <message>
        <source>Enter the name timm has for the backbone, such as vit_small_patch14_dinov2.</source>
        <translation>Den timm-Namen des Backbones eingeben, etwa vit_small_patch14_dinov2.</translation>
    </message>
    <message>
        <source>Fast: half the time, small things may be missed</source>
        <translation>Schnell: halbe Zeit, Kleines kann fehlen</translation>
    </message>
    <message>
        <source>Fine concepts</source>
        <translation>Feine Konzepte</translation>
    </message>
    <message>
        <source>Fine: more than twice the time, for small things</source>
        <translation>Fein: mehr als doppelte Zeit, für Kleines</translation>
    </message>
    <message>
        <source>From the generator</source>
        <translation>Vom Generator</translation>
    </message>
    <message>
        <source>From the image&apos;s own patches</source>
        <translation>Aus den Kacheln des Bildes selbst</translation>
    </message>
    <message>
        <source>Generator</source>
        <translation>Generator</translation>
    </message>
    <message>
        <source>Generator file</source>
        <translation>Generatordatei</translation>
    </message>
    <message>
        <source>Generators (*.safetensors)</source>
        <translation>Generatoren (*.safetensors)</translation>
    </message>
    <message>
        <source>How long it takes on this computer is measured with the first images, and said here next time.</source>
        <translation>Wie lange es auf diesem Rechner dauert, wird an den ersten Bildern gemessen und steht beim nächsten Mal hier.</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>NVIDIA or AMD GPU (CUDA)</source>
        <translation>NVIDIA- oder AMD-GPU (CUDA)</translation>
    </message>
    <message>
        <source>Only images without regions</source>
        <translation>Nur Bilder ohne Regionen</translation>
    </message>
    <message>
        <source>Only the current image</source>
        <translation>Nur das aktuelle Bild</translation>
    </message>
    <message>
        <source>Processor (CPU)</source>
        <translation>Prozessor (CPU)</translation>
    </message>
    <message>
        <source>Propose</source>
        <translation>Vorschlagen</translation>
    </message>
    <message>
        <source>Propose regions</source>
        <translation>Regionen vorschlagen</translation>
    </message>
    <message>
        <source>Replace regions I have named or merged (can be undone)</source>
        <translation>Von Hand benannte oder verbundene Regionen ersetzen (umkehrbar)</translation>
    </message>
    <message>
        <source>Runs in the background. You can go on working, and stop it at any time.</source>
        <translation>Läuft im Hintergrund, lässt sich jederzeit abbrechen und stört nicht beim Arbeiten.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>Weights (*.safetensors)</source>
        <translation>Gewichte (*.safetensors)</translation>
    </message>
    <message>
        <source>Weights file</source>
        <translation>Gewichtedatei</translation>
    </message>
    <message>
        <source>What regions are put together from. The image&apos;s own patches show more small things;
the generator&apos;s concepts are at most as many as it has prototypes.</source>
        <translation>Woraus Regionen zusammengesetzt werden. Die Kacheln des Bildes zeigen mehr Kleines;
die Konzepte des Generators sind höchstens so viele, wie er Prototypen hat.</translation>
    </message>
    <message>
        <source>bundled</source>
        <translation>mitgeliefert</translation>
    </message>
    <message>
        <source>timm name</source>
        <translation>timm-Name</translation>
    </message>
    <message>
        <source>{path}: no such file.</source>
        <translation>{path}: Datei nicht gefunden.</translation>
    </message>
</context>
<context>
    <name>Regions</name>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln Teil</numerusform>
            <numerusform>%Ln Teile</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pixel(s)</source>
        <translation>
            <numerusform>%Ln Pixel</numerusform>
            <numerusform>%Ln Pixel</numerusform>
        </translation>
    </message>
    <message>
        <source>No image</source>
        <translation>Kein Bild</translation>
    </message>
    <message>
        <source>No regions yet.
Press {key} to propose some.</source>
        <translation>Noch keine Regionen.
{key} schlägt welche vor.</translation>
    </message>
    <message>
        <source>Region {id}: {name}, {status}, {pixels}</source>
        <translation>Region {id}: {name}, {status}, {pixels}</translation>
    </message>
    <message>
        <source>Regions of this image</source>
        <translation>Regionen dieses Bildes</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>bestätigt</translation>
    </message>
    <message>
        <source>proposed</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>verworfen</translation>
    </message>
    <message>
        <source>suggested</source>
        <translation>Vorschlag</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>{share} sure</source>
        <translation>{share} sicher</translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message numerus="yes">
        <source>%Ln name(s) (is,are) unsure</source>
        <translation>
            <numerusform>%Ln Name ist unsicher</numerusform>
            <numerusform>%Ln Namen sind unsicher</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named “{name}”</source>
        <translation>
            <numerusform>%Ln Region „{name}“ benannt</numerusform>
            <numerusform>%Ln Regionen „{name}“ benannt</numerusform>
        </translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>Done again: {verb}</source>
        <translation>Wiederhergestellt: {verb}</translation>
    </message>
    <message>
        <source>Every image after this one is done; some before it are not ({key})</source>
        <translation>Alle Bilder nach diesem sind fertig; davor sind noch welche offen ({key})</translation>
    </message>
    <message>
        <source>Every image is done</source>
        <translation>Alle Bilder sind fertig</translation>
    </message>
    <message>
        <source>Every image that is found is done</source>
        <translation>Alle gefundenen Bilder sind fertig</translation>
    </message>
    <message>
        <source>Leave unnamed</source>
        <translation>Ohne Namen lassen</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Marked as reviewed by a second person</source>
        <translation>Als von zweiter Person geprüft markiert</translation>
    </message>
    <message>
        <source>New regions are “{label}”</source>
        <translation>Neue Regionen sind „{label}“</translation>
    </message>
    <message>
        <source>No</source>
        <translation>Nein</translation>
    </message>
    <message>
        <source>No label has the key {key}</source>
        <translation>Kein Label hat die Taste {key}</translation>
    </message>
    <message>
        <source>No label has the key {key}; press {naming} to name the selection</source>
        <translation>Kein Label hat die Taste {key}; {naming} benennt die Auswahl</translation>
    </message>
    <message>
        <source>Not asked again in this project; “{switch}” in the menu Image asks</source>
        <translation>In diesem Projekt wird nicht mehr gefragt; „{switch}“ im Menü Bild ändert das</translation>
    </message>
    <message>
        <source>Nothing is named here. Mark as an image without objects?</source>
        <translation>Hier ist nichts benannt. Als Bild ohne Objekte markieren?</translation>
    </message>
    <message>
        <source>Select a region first</source>
        <translation>Zuerst eine Region auswählen</translation>
    </message>
    <message>
        <source>Select two or more regions to merge them</source>
        <translation>Zum Verbinden zwei oder mehr Regionen auswählen</translation>
    </message>
    <message>
        <source>The clusters are as they were after</source>
        <translation>Die Cluster sind wie nach</translation>
    </message>
    <message>
        <source>The clusters are as they were before</source>
        <translation>Die Cluster sind wie vor</translation>
    </message>
    <message>
        <source>The image is still being read</source>
        <translation>Das Bild wird noch gelesen</translation>
    </message>
    <message>
        <source>The review is revoked</source>
        <translation>Die Prüfung ist zurückgenommen</translation>
    </message>
    <message>
        <source>This image is not done yet: {key} accepts it, then it can be reviewed</source>
        <translation>Dieses Bild ist noch nicht fertig: {key} schließt es ab, dann kann es geprüft werden</translation>
    </message>
    <message>
        <source>Undone: {verb}</source>
        <translation>Rückgängig gemacht: {verb}</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>Ja</translation>
    </message>
    <message>
        <source>Yes, always in this project</source>
        <translation>Ja, in diesem Projekt immer</translation>
    </message>
</context>
<context>
    <name>Shapes</name>
    <message numerus="yes">
        <source>%Ln of these regions are in several parts. Is each part one of its own?</source>
        <translation>
            <numerusform>%Ln dieser Regionen hat mehrere Teile. Ist jeder Teil eines für sich?</numerusform>
            <numerusform>%Ln dieser Regionen haben mehrere Teile. Ist jeder Teil eines für sich?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln Teil</numerusform>
            <numerusform>%Ln Teile</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) merged</source>
        <translation>
            <numerusform>%Ln Region verbunden</numerusform>
            <numerusform>%Ln Regionen verbunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named as in the previous image</source>
        <translation>
            <numerusform>%Ln Region wie im vorigen Bild benannt</numerusform>
            <numerusform>%Ln Regionen wie im vorigen Bild benannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) to be ignored</source>
        <translation>
            <numerusform>%Ln Region wird nicht beachtet</numerusform>
            <numerusform>%Ln Regionen werden nicht beachtet</numerusform>
        </translation>
    </message>
    <message>
        <source>By</source>
        <translation>Um</translation>
    </message>
    <message>
        <source>Dissolved</source>
        <translation>Aufgelöst</translation>
    </message>
    <message>
        <source>Given to the most similar neighbour</source>
        <translation>Dem ähnlichsten Nachbarn gegeben</translation>
    </message>
    <message>
        <source>Given to “{label}”</source>
        <translation>An „{label}“ gegeben</translation>
    </message>
    <message>
        <source>Grow</source>
        <translation>Wachsen</translation>
    </message>
    <message>
        <source>Grow or shrink</source>
        <translation>Wachsen oder schrumpfen</translation>
    </message>
    <message>
        <source>Holes filled</source>
        <translation>Löcher gefüllt</translation>
    </message>
    <message>
        <source>Keep together</source>
        <translation>Zusammen lassen</translation>
    </message>
    <message numerus="yes">
        <source>Merge %Ln region(s) as…</source>
        <translation>
            <numerusform>%Ln Region verbinden als…</numerusform>
            <numerusform>%Ln Regionen verbinden als…</numerusform>
        </translation>
    </message>
    <message>
        <source>Move the outline on all sides</source>
        <translation>Den Umriss auf allen Seiten verschieben</translation>
    </message>
    <message>
        <source>Nothing to do</source>
        <translation>Nichts zu tun</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Shrink</source>
        <translation>Schrumpfen</translation>
    </message>
    <message>
        <source>Split ({key})</source>
        <translation>Teilen ({key})</translation>
    </message>
    <message>
        <source>The outline is as smooth as it gets</source>
        <translation>Glatter wird der Umriss nicht</translation>
    </message>
    <message>
        <source>There is no previous image in the list</source>
        <translation>In der Liste gibt es kein voriges Bild</translation>
    </message>
    <message numerus="yes">
        <source>This “{label}” is in %Ln part(s). Is each one of its own?</source>
        <translation>
            <numerusform>„{label}“ besteht hier aus %Ln Teil. Ist jeder eines für sich?</numerusform>
            <numerusform>„{label}“ besteht hier aus %Ln Teilen. Ist jeder eines für sich?</numerusform>
        </translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
</context>
<context>
    <name>Shortcuts</name>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Add a key…</source>
        <translation>Taste hinzufügen…</translation>
    </message>
    <message>
        <source>Choose an action, then add or remove keys. Changes count at once and are kept.</source>
        <translation>Eine Aktion wählen, dann Tasten hinzufügen oder entfernen. Änderungen gelten sofort und bleiben.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Give all actions their original keys again</source>
        <translation>Allen Aktionen die ursprünglichen Tasten zurückgeben</translation>
    </message>
    <message>
        <source>Give this action its original keys again</source>
        <translation>Dieser Aktion die ursprünglichen Tasten zurückgeben</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Keys of “{action}”</source>
        <translation>Tasten von „{action}“</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Labels, in the concept browser</source>
        <translation>Labels, in der Konzeptübersicht</translation>
    </message>
    <message>
        <source>Leave it as it is</source>
        <translation>So lassen</translation>
    </message>
    <message>
        <source>Not possible now</source>
        <translation>Zurzeit nicht möglich</translation>
    </message>
    <message>
        <source>Press a key… (Esc cancels)</source>
        <translation>Taste drücken… (Esc bricht ab)</translation>
    </message>
    <message>
        <source>Remove this key</source>
        <translation>Diese Taste entfernen</translation>
    </message>
    <message>
        <source>Remove {key}</source>
        <translation>{key} entfernen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Restore all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Search by action or key</source>
        <translation>Nach Aktion oder Taste suchen</translation>
    </message>
    <message>
        <source>Search shortcuts</source>
        <translation>Tastenkürzel suchen</translation>
    </message>
    <message>
        <source>Shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Take it over</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>That key cannot be a shortcut: it moves the focus, the selection or the picture.</source>
        <translation>Diese Taste taugt nicht als Kürzel: Sie bewegt den Fokus, die Auswahl oder das Bild.</translation>
    </message>
    <message>
        <source>Understood</source>
        <translation>Verstanden</translation>
    </message>
    <message>
        <source>Without a menu</source>
        <translation>Ohne Menü</translation>
    </message>
    <message>
        <source>{key} is the key of “{action}”, which would keep {rest}.</source>
        <translation>{key} gehört zu „{action}“; dort bliebe {rest}.</translation>
    </message>
    <message>
        <source>{key} is the only key of “{action}”, which would have none.</source>
        <translation>{key} ist die einzige Taste von „{action}“; dort bliebe keine.</translation>
    </message>
</context>
<context>
    <name>Start page</name>
    <message>
        <source>Drop a folder of photos here</source>
        <translation>Fotoordner hierher ziehen</translation>
    </message>
    <message>
        <source>Every photo is cut into regions for you to merge, name and export. Your photos stay where they are; nothing leaves this computer.</source>
        <translation>Jedes Foto wird in Regionen geteilt, die sich verbinden, benennen und exportieren lassen. Die Fotos bleiben, wo sie sind; nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>New project from photos…</source>
        <translation>Neues Projekt aus Fotos…</translation>
    </message>
    <message>
        <source>Open project…</source>
        <translation>Projekt öffnen…</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Segmentation labels for photos that have none yet</source>
        <translation>Segmentierungslabels für Fotos, die noch keine haben</translation>
    </message>
    <message>
        <source>Try the sample photos</source>
        <translation>Mit Beispielfotos ausprobieren</translation>
    </message>
</context>
<context>
    <name>Statistics</name>
    <message numerus="yes">
        <source>%Ln action(s)</source>
        <translation>
            <numerusform>%Ln Aktion</numerusform>
            <numerusform>%Ln Aktionen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln action(s) in {time} of work so far</source>
        <translation>
            <numerusform>%Ln Aktion in {time} Arbeit bisher</numerusform>
            <numerusform>%Ln Aktionen in {time} Arbeit bisher</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left: about {time}</source>
        <translation>
            <numerusform>noch %Ln Bild: etwa {time}</numerusform>
            <numerusform>noch %Ln Bilder: etwa {time}</numerusform>
        </translation>
    </message>
    <message>
        <source>Actions by day</source>
        <translation>Aktionen je Tag</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Images by status</source>
        <translation>Bilder nach Status</translation>
    </message>
    <message>
        <source>Known when the first image is done while the clock runs</source>
        <translation>Bekannt, sobald das erste Bild bei laufender Uhr fertig ist</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Longest images</source>
        <translation>Längste Bilder</translation>
    </message>
    <message>
        <source>Lower part on images, upper part in the concept browser</source>
        <translation>Unten an Bildern, oben in der Konzeptübersicht</translation>
    </message>
    <message>
        <source>No labels yet</source>
        <translation>Noch keine Labels</translation>
    </message>
    <message>
        <source>No time on images yet</source>
        <translation>Noch keine Zeit an Bildern</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Pace</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Bereiche</translation>
    </message>
    <message>
        <source>Pictures (*.png)</source>
        <translation>Bilder (*.png)</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>Rules, open questions, agreements: kept with the project</source>
        <translation>Regeln, offene Fragen, Absprachen: bleiben beim Projekt</translation>
    </message>
    <message>
        <source>Save the numbers</source>
        <translation>Zahlen speichern</translation>
    </message>
    <message>
        <source>Save the numbers as a table (CSV)…</source>
        <translation>Zahlen als Tabelle speichern (CSV)…</translation>
    </message>
    <message>
        <source>Save the picture</source>
        <translation>Bild speichern</translation>
    </message>
    <message>
        <source>Save what is shown as a picture (PNG)…</source>
        <translation>Gezeigtes als Bild speichern (PNG)…</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>{name} gespeichert</translation>
    </message>
    <message>
        <source>Tables (*.csv)</source>
        <translation>Tabellen (*.csv)</translation>
    </message>
    <message>
        <source>Time and actions; a double-click goes to the image</source>
        <translation>Zeit und Aktionen; ein Doppelklick führt zum Bild</translation>
    </message>
    <message>
        <source>What is counted of each label</source>
        <translation>Was von jedem Label gezählt wird</translation>
    </message>
    <message>
        <source>Work by day</source>
        <translation>Arbeit je Tag</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>nicht gespeichert</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>gespeichert</translation>
    </message>
    <message>
        <source>{count} images per hour</source>
        <translation>{count} Bilder je Stunde</translation>
    </message>
    <message>
        <source>{share} done</source>
        <translation>{share} fertig</translation>
    </message>
    <message>
        <source>{time} and {actions} actions for each image</source>
        <translation>{time} und {actions} Aktionen je Bild</translation>
    </message>
    <message numerus="yes">
        <source>{time} of work, %Ln image(s) done</source>
        <translation>
            <numerusform>{time} Arbeit, %Ln Bild fertig</numerusform>
            <numerusform>{time} Arbeit, %Ln Bilder fertig</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Status line</name>
    <message numerus="yes">
        <source>%Ln image(s)/h</source>
        <translation>
            <numerusform>%Ln Bild/h</numerusform>
            <numerusform>%Ln Bilder/h</numerusform>
        </translation>
    </message>
    <message>
        <source>An image that is done took {time} and {actions} actions</source>
        <translation>Ein fertiges Bild brauchte {time} und {actions} Aktionen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel (what is finished is kept)</source>
        <translation>Abbrechen (Fertiges bleibt erhalten)</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Wird abgebrochen…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Modell wird geladen…</translation>
    </message>
    <message>
        <source>about {time} left</source>
        <translation>noch etwa {time}</translation>
    </message>
    <message>
        <source>{count} images/h</source>
        <translation>{count} Bilder/h</translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln image(s) done</source>
        <translation>
            <numerusform>{done} von %Ln Bild fertig</numerusform>
            <numerusform>{done} von %Ln Bildern fertig</numerusform>
        </translation>
    </message>
    <message>
        <source>{done} of {total}</source>
        <translation>{done} von {total}</translation>
    </message>
    <message numerus="yes">
        <source>{named} of %Ln region(s) named</source>
        <translation>
            <numerusform>{named} von %Ln Region benannt</numerusform>
            <numerusform>{named} von %Ln Regionen benannt</numerusform>
        </translation>
    </message>
    <message>
        <source>{time} in the concept browser</source>
        <translation>{time} in der Konzeptübersicht</translation>
    </message>
    <message numerus="yes">
        <source>{time} of work, %Ln action(s):</source>
        <translation>
            <numerusform>{time} Arbeit, %Ln Aktion:</numerusform>
            <numerusform>{time} Arbeit, %Ln Aktionen:</numerusform>
        </translation>
    </message>
    <message>
        <source>{time} on images</source>
        <translation>{time} an Bildern</translation>
    </message>
    <message numerus="yes">
        <source>{time} on this image, %Ln action(s); pauses of more than a minute do not count</source>
        <translation>
            <numerusform>{time} an diesem Bild, %Ln Handlung; Pausen von mehr als einer Minute zählen nicht</numerusform>
            <numerusform>{time} an diesem Bild, %Ln Handlungen; Pausen von mehr als einer Minute zählen nicht</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message numerus="yes">
        <source>%Ln image(s) could not be used; the others are done.</source>
        <translation>
            <numerusform>%Ln Bild war nicht brauchbar; die übrigen sind fertig.</numerusform>
            <numerusform>%Ln Bilder waren nicht brauchbar; die übrigen sind fertig.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) stayed as before.</source>
        <translation>
            <numerusform>%Ln Bild blieb, wie es war.</numerusform>
            <numerusform>%Ln Bilder blieben, wie sie waren.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) deleted or merged meanwhile, no longer suggested: {names}.</source>
        <translation>
            <numerusform>%Ln Label wurde inzwischen gelöscht oder vereinigt und wird nicht mehr vorgeschlagen: {names}.</numerusform>
            <numerusform>%Ln Labels wurden inzwischen gelöscht oder vereinigt und werden nicht mehr vorgeschlagen: {names}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named as suggested</source>
        <translation>
            <numerusform>%Ln Region wie vorgeschlagen benannt</numerusform>
            <numerusform>%Ln Regionen wie vorgeschlagen benannt</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) with a suggested name</source>
        <translation>
            <numerusform>%Ln Region mit Namensvorschlag</numerusform>
            <numerusform>%Ln Regionen mit Namensvorschlag</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggestion(s) declined; undo takes that back</source>
        <translation>
            <numerusform>%Ln Vorschlag abgelehnt; Rückgängig nimmt das zurück</numerusform>
            <numerusform>%Ln Vorschläge abgelehnt; Rückgängig nimmt das zurück</numerusform>
        </translation>
    </message>
    <message>
        <source>No suggestion is that sure</source>
        <translation>So sicher ist kein Vorschlag</translation>
    </message>
    <message>
        <source>No unnamed region looks like anything in the list</source>
        <translation>Keine unbenannte Region sieht aus wie etwas aus der Liste</translation>
    </message>
    <message>
        <source>Nothing to suggest: all is decided, or looks like nothing that has a name</source>
        <translation>Nichts vorzuschlagen: alles ist entschieden oder ähnelt nichts, was einen Namen hat</translation>
    </message>
    <message>
        <source>Nothing to suggest: name some regions first</source>
        <translation>Nichts vorzuschlagen: zuerst einige Regionen benennen</translation>
    </message>
    <message>
        <source>Show…</source>
        <translation>Zeigen…</translation>
    </message>
    <message>
        <source>Stopped; what was finished is kept</source>
        <translation>Abgebrochen; Fertiges bleibt erhalten</translation>
    </message>
    <message>
        <source>Suggesting names</source>
        <translation>Namen werden vorgeschlagen</translation>
    </message>
</context>
<context>
    <name>Tone</name>
    <message>
        <source>Brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close (the photo stays as it is shown)</source>
        <translation>Schließen (das Foto bleibt, wie es gezeigt wird)</translation>
    </message>
    <message>
        <source>Contrast</source>
        <translation>Kontrast</translation>
    </message>
    <message>
        <source>Double-click for the middle</source>
        <translation>Doppelklick für die Mitte</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
</context>
<context>
    <name>Tools</name>
    <message>
        <source>A line needs at least two points</source>
        <translation>Eine Linie braucht mindestens zwei Punkte</translation>
    </message>
    <message>
        <source>A polygon needs at least three points</source>
        <translation>Ein Polygon braucht mindestens drei Punkte</translation>
    </message>
    <message>
        <source>Brush size</source>
        <translation>Pinselgröße</translation>
    </message>
    <message>
        <source>Brush size: [ and ], or the wheel with Ctrl or Alt</source>
        <translation>Pinselgröße: [ und ], oder das Mausrad mit Strg oder Alt</translation>
    </message>
    <message>
        <source>Click a thing to cut it out</source>
        <translation>Ein Ding anklicken, um es herauszuschneiden</translation>
    </message>
    <message>
        <source>Click on the thing first</source>
        <translation>Zuerst auf das Ding klicken</translation>
    </message>
    <message>
        <source>Click points, or draw with the button held</source>
        <translation>Punkte anklicken oder mit gedrückter Taste zeichnen</translation>
    </message>
    <message>
        <source>Click the thing · Esc cancels</source>
        <translation>Das Ding anklicken · Esc bricht ab</translation>
    </message>
    <message>
        <source>Drag across a region, or click points</source>
        <translation>Quer über eine Region ziehen oder Punkte anklicken</translation>
    </message>
    <message>
        <source>Enter keeps it · click adds, right click takes away</source>
        <translation>Eingabe behält es · Klick fügt hinzu, Rechtsklick nimmt weg</translation>
    </message>
    <message>
        <source>Enter or double click closes · Backspace back · Esc cancels</source>
        <translation>Eingabe oder Doppelklick schließt · Rücktaste zurück · Esc bricht ab</translation>
    </message>
    <message>
        <source>Enter or double click splits · Backspace back · Esc cancels</source>
        <translation>Eingabe oder Doppelklick teilt · Rücktaste zurück · Esc bricht ab</translation>
    </message>
    <message>
        <source>Name the new region…</source>
        <translation>Die neue Region benennen…</translation>
    </message>
    <message>
        <source>Select one region to fill into it, or none to outline a new one</source>
        <translation>Eine Region auswählen, um sie zu füllen, oder keine, um eine neue zu umreißen</translation>
    </message>
    <message>
        <source>Select one region to paint into it, or none to paint a new one</source>
        <translation>Eine Region auswählen, um in sie zu malen, oder keine, um eine neue zu malen</translation>
    </message>
    <message>
        <source>Select one region to split, or none to split the one that the line crosses</source>
        <translation>Eine Region zum Teilen auswählen, oder keine, um die zu teilen, die die Linie quert</translation>
    </message>
    <message>
        <source>The image is still being read</source>
        <translation>Das Bild wird noch gelesen</translation>
    </message>
    <message>
        <source>The line crosses no region</source>
        <translation>Die Linie quert keine Region</translation>
    </message>
    <message>
        <source>The project is open read-only</source>
        <translation>Das Projekt ist schreibgeschützt geöffnet</translation>
    </message>
    <message>
        <source>There is no pixel inside this outline</source>
        <translation>In diesem Umriss liegt kein Pixel</translation>
    </message>
    <message>
        <source>There is no region to erase from</source>
        <translation>Hier ist keine Region zum Radieren</translation>
    </message>
    <message>
        <source>[ ] or Ctrl+wheel size · Alt erases · Shift+click line</source>
        <translation>[ ] oder Strg+Mausrad Größe · Alt radiert · Umschalt+Klick Linie</translation>
    </message>
    <message>
        <source>[ ] size · Alt paints · Shift+click line</source>
        <translation>[ ] Größe · Alt malt · Umschalt+Klick Linie</translation>
    </message>
    <message>
        <source>asks for its name</source>
        <translation>fragt nach dem Namen</translation>
    </message>
    <message>
        <source>erases from the region under the brush</source>
        <translation>radiert in der Region unter dem Pinsel</translation>
    </message>
    <message>
        <source>erases from the selected region: {label}</source>
        <translation>radiert in der ausgewählten Region: {label}</translation>
    </message>
    <message>
        <source>into the selected region: {label}</source>
        <translation>in die ausgewählte Region: {label}</translation>
    </message>
    <message>
        <source>new</source>
        <translation>neu</translation>
    </message>
    <message>
        <source>new region: {label}</source>
        <translation>neue Region: {label}</translation>
    </message>
    <message>
        <source>px</source>
        <translation>px</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>{size} px</source>
        <translation>{size} px</translation>
    </message>
</context>
<context>
    <name>Trim history</name>
    <message numerus="yes">
        <source>%Ln edit(s) are dropped, which frees about {size}.</source>
        <translation>
            <numerusform>%Ln Bearbeitung fällt weg, das gibt etwa {size} frei.</numerusform>
            <numerusform>%Ln Bearbeitungen fallen weg, das gibt etwa {size} frei.</numerusform>
        </translation>
    </message>
    <message>
        <source>Days or edits</source>
        <translation>Tage oder Bearbeitungen</translation>
    </message>
    <message>
        <source>Drop older history</source>
        <translation>Älteren Verlauf entfernen</translation>
    </message>
    <message>
        <source>How many are kept</source>
        <translation>Wie viele bleiben</translation>
    </message>
    <message>
        <source>Keep the last</source>
        <translation>Behalten: die letzten</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Suche…</translation>
    </message>
    <message>
        <source>Nothing is older than that.</source>
        <translation>Nichts ist älter.</translation>
    </message>
    <message>
        <source>Trim history</source>
        <translation>Verlauf kürzen</translation>
    </message>
    <message>
        <source>Undo goes back to the first day; that takes room</source>
        <translation>Rückgängig reicht bis zum ersten Tag; das braucht Platz</translation>
    </message>
    <message>
        <source>What is dropped can no longer be undone. Regions, names and statistics stay as they are, and so do the backups.</source>
        <translation>Was entfernt wird, lässt sich nicht mehr rückgängig machen. Regionen, Namen und Statistik bleiben, wie sie sind, ebenso die Sicherungen.</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>edits</source>
        <translation>Bearbeitungen</translation>
    </message>
</context>
<context>
    <name>View</name>
    <message numerus="yes">
        <source>%Ln hidden; press {key} again to show</source>
        <translation>
            <numerusform>%Ln ausgeblendet; noch einmal {key} blendet ein</numerusform>
            <numerusform>%Ln ausgeblendet; noch einmal {key} blendet ein</numerusform>
        </translation>
    </message>
    <message>
        <source>All labels have the colours of the palette; undo brings the old ones back</source>
        <translation>Alle Labels haben die Farben der Palette; Rückgängig bringt die alten zurück</translation>
    </message>
    <message>
        <source>Only the selection is shown; press {key} again to show all</source>
        <translation>Nur die Auswahl ist zu sehen; noch einmal {key} zeigt alles</translation>
    </message>
    <message>
        <source>The labels have these colours already</source>
        <translation>Die Labels haben diese Farben schon</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>&amp;Dark</source>
        <translation>&amp;Dunkel</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>&amp;Hell</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Farben</translation>
    </message>
    <message>
        <source>Concept browser</source>
        <translation>Konzeptübersicht</translation>
    </message>
    <message>
        <source>Follow the &amp;system</source>
        <translation>Wie das &amp;System</translation>
    </message>
    <message>
        <source>Forget these</source>
        <translation>Liste leeren</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Labels</translation>
    </message>
    <message>
        <source>Open &amp;recent</source>
        <translation>&amp;Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Regions</source>
        <translation>Regionen</translation>
    </message>
    <message>
        <source>Statistics</source>
        <translation>Statistik</translation>
    </message>
    <message>
        <source>That is for the image: press {key} to go back to it</source>
        <translation>Das gilt dem Bild: mit {key} dorthin zurück</translation>
    </message>
    <message>
        <source>Tools</source>
        <translation>Werkzeuge</translation>
    </message>
    <message>
        <source>unnamed</source>
        <translation>ohne Namen</translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message numerus="yes">
        <source>%Ln edit(s) can be found only there.</source>
        <translation>
            <numerusform>%Ln Änderung ist nur dort zu finden.</numerusform>
            <numerusform>%Ln Änderungen sind nur dort zu finden.</numerusform>
        </translation>
    </message>
    <message>
        <source>Adding photos</source>
        <translation>Fotos werden hinzugefügt</translation>
    </message>
    <message>
        <source>Checking the images</source>
        <translation>Bilder werden geprüft</translation>
    </message>
    <message>
        <source>Cutting all images</source>
        <translation>Alle Bilder werden aufgeteilt</translation>
    </message>
    <message>
        <source>Dropping old history</source>
        <translation>Alten Verlauf entfernen</translation>
    </message>
    <message>
        <source>Grouping similar regions</source>
        <translation>Ähnliche Regionen werden gruppiert</translation>
    </message>
    <message>
        <source>Importing labels</source>
        <translation>Labels werden importiert</translation>
    </message>
    <message>
        <source>Looking at the images for their foreground</source>
        <translation>Vordergrund in den Bildern suchen</translation>
    </message>
    <message>
        <source>Opening {name}</source>
        <translation>{name} wird geöffnet</translation>
    </message>
    <message>
        <source>Proposing regions</source>
        <translation>Regionen werden vorgeschlagen</translation>
    </message>
    <message>
        <source>Reading the images</source>
        <translation>Bilder werden gelesen</translation>
    </message>
    <message>
        <source>Restoring the backup</source>
        <translation>Sicherung wird wiederhergestellt</translation>
    </message>
    <message>
        <source>Suggesting partitions</source>
        <translation>Aufteilungen werden vorgeschlagen</translation>
    </message>
    <message>
        <source>The file that was there before is kept as {file}.</source>
        <translation>Die Datei, die vorher dort war, ist als {file} aufgehoben.</translation>
    </message>
</context>
</TS>
