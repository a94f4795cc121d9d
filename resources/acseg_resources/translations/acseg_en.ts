<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>Accept suggestions</name>
    <message numerus="yes">
        <source>%Ln region(s) will be named</source>
        <translation>
            <numerusform>%Ln region will be named</numerusform>
            <numerusform>%Ln regions will be named</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Bands</name>
    <message numerus="yes">
        <source>%Ln image(s) shown otherwise</source>
        <translation>
            <numerusform>%Ln image shown otherwise</numerusform>
            <numerusform>%Ln images shown otherwise</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln left as they were, as they have no such bands</source>
        <translation>
            <numerusform>%Ln left as they were, as they have no such bands</numerusform>
            <numerusform>%Ln left as they were, as they have no such bands</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Canvas header</name>
    <message numerus="yes">
        <source>Accept %Ln name(s)</source>
        <translation>
            <numerusform>Accept %Ln name</numerusform>
            <numerusform>Accept %Ln names</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Carried names</name>
    <message numerus="yes">
        <source>Keep %Ln name(s)</source>
        <translation>
            <numerusform>Keep %Ln name</numerusform>
            <numerusform>Keep %Ln names</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Clusters</name>
    <message numerus="yes">
        <source>%Ln cluster(s) merged</source>
        <translation>
            <numerusform>%Ln cluster merged</numerusform>
            <numerusform>%Ln clusters merged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) could not be used; the others are done.</source>
        <translation>
            <numerusform>%Ln image could not be used; the others are done.</numerusform>
            <numerusform>%Ln images could not be used; the others are done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln region</numerusform>
            <numerusform>%Ln regions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) in {clusters}</source>
        <translation>
            <numerusform>%Ln region in {clusters}</numerusform>
            <numerusform>%Ln regions in {clusters}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named as suggested</source>
        <translation>
            <numerusform>%Ln region named as suggested</numerusform>
            <numerusform>%Ln regions named as suggested</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) removed from the cluster; undo brings (it,them) back</source>
        <translation>
            <numerusform>%Ln region removed from the cluster; undo brings it back</numerusform>
            <numerusform>%Ln regions removed from the cluster; undo brings them back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{regions} in %Ln photo(s): name look-alikes at once</source>
        <translation>
            <numerusform>{regions} in %Ln photo: name look-alikes at once</numerusform>
            <numerusform>{regions} in %Ln photos: name look-alikes at once</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Comparison</name>
    <message numerus="yes">
        <source>Judged on %Ln image(s) that neither model has learned from</source>
        <translation>
            <numerusform>Judged on %Ln image that neither model has learned from</numerusform>
            <numerusform>Judged on %Ln images that neither model has learned from</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Concept browser</name>
    <message numerus="yes">
        <source>%Ln cluster(s)</source>
        <translation>
            <numerusform>%Ln cluster</numerusform>
            <numerusform>%Ln clusters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln doubtful name(s)</source>
        <translation>
            <numerusform>%Ln doubtful name</numerusform>
            <numerusform>%Ln doubtful names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln region</numerusform>
            <numerusform>%Ln regions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) in no cluster</source>
        <translation>
            <numerusform>%Ln region in no cluster</numerusform>
            <numerusform>%Ln regions in no cluster</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) selected</source>
        <translation>
            <numerusform>%Ln region selected</numerusform>
            <numerusform>%Ln regions selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) will be grouped by appearance, across all images. Naming a cluster names all of its regions.</source>
        <translation>
            <numerusform>%Ln region will be grouped by appearance, across all images. Naming a cluster names all of its regions.</numerusform>
            <numerusform>%Ln regions will be grouped by appearance, across all images. Naming a cluster names all of its regions.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) without look-alikes</source>
        <translation>
            <numerusform>%Ln region without look-alikes</numerusform>
            <numerusform>%Ln regions without look-alikes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln unnamed</source>
        <translation>
            <numerusform>%Ln unnamed</numerusform>
            <numerusform>%Ln unnamed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Cluster of %Ln region(s)</source>
        <translation>
            <numerusform>Cluster of %Ln region</numerusform>
            <numerusform>Cluster of %Ln regions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Group %Ln more region(s)</source>
        <translation>
            <numerusform>Group %Ln more region</numerusform>
            <numerusform>Group %Ln more regions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show all %Ln</source>
        <translation>
            <numerusform>Show all %Ln</numerusform>
            <numerusform>Show all %Ln</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s)</source>
        <translation>
            <numerusform>in %Ln image</numerusform>
            <numerusform>in %Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{clusters} of %Ln region(s)</source>
        <translation>
            <numerusform>{clusters} of %Ln region</numerusform>
            <numerusform>{clusters} of %Ln regions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln cluster(s) named</source>
        <translation>
            <numerusform>{count} of %Ln cluster named</numerusform>
            <numerusform>{count} of %Ln clusters named</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Doubtful names</name>
    <message numerus="yes">
        <source>%Ln name(s) corrected</source>
        <translation>
            <numerusform>%Ln name corrected</numerusform>
            <numerusform>%Ln names corrected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) kept; undo to be asked again</source>
        <translation>
            <numerusform>%Ln name kept; undo to be asked again</numerusform>
            <numerusform>%Ln names kept; undo to be asked again</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) of {count} will be corrected</source>
        <translation>
            <numerusform>%Ln name of {count} will be corrected</numerusform>
            <numerusform>%Ln names of {count} will be corrected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message numerus="yes">
        <source>%Ln categor(y,ies)</source>
        <translation>
            <numerusform>%Ln category</numerusform>
            <numerusform>%Ln categories</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: file cannot be read</source>
        <translation>
            <numerusform>%Ln image left out: file cannot be read</numerusform>
            <numerusform>%Ln images left out: file cannot be read</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: file changed since it was labelled</source>
        <translation>
            <numerusform>%Ln image left out: file changed since it was labelled</numerusform>
            <numerusform>%Ln images left out: file changed since it was labelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: file missing</source>
        <translation>
            <numerusform>%Ln image left out: file missing</numerusform>
            <numerusform>%Ln images left out: file missing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: no map coordinates</source>
        <translation>
            <numerusform>%Ln image left out: no map coordinates</numerusform>
            <numerusform>%Ln images left out: no map coordinates</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: not done</source>
        <translation>
            <numerusform>%Ln image left out: not done</numerusform>
            <numerusform>%Ln images left out: not done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left out: nothing named</source>
        <translation>
            <numerusform>%Ln image left out: nothing named</numerusform>
            <numerusform>%Ln images left out: nothing named</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) without objects (looks,look) unlabelled</source>
        <translation>
            <numerusform>%Ln image without objects looks unlabelled</numerusform>
            <numerusform>%Ln images without objects look unlabelled</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) without regions</source>
        <translation>
            <numerusform>%Ln image without regions</numerusform>
            <numerusform>%Ln images without regions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln object(s) (merges,merge) with others of the same label</source>
        <translation>
            <numerusform>%Ln object merges with others of the same label</numerusform>
            <numerusform>%Ln objects merge with others of the same label</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them thing(s)</source>
        <translation>
            <numerusform>%Ln of them thing</numerusform>
            <numerusform>%Ln of them things</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pixel(s)</source>
        <translation>
            <numerusform>%Ln pixel</numerusform>
            <numerusform>%Ln pixels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln point(s)</source>
        <translation>
            <numerusform>%Ln point</numerusform>
            <numerusform>%Ln points</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln polygon(s) not exact: {pixels} changed ({share}), {points} in total.</source>
        <translation>
            <numerusform>%Ln polygon not exact: {pixels} changed ({share}), {points} in total.</numerusform>
            <numerusform>%Ln polygons not exact: {pixels} changed ({share}), {points} in total.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln region</numerusform>
            <numerusform>%Ln regions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) in several parts (becomes,become) several</source>
        <translation>
            <numerusform>%Ln region in several parts becomes several</numerusform>
            <numerusform>%Ln regions in several parts become several</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) in several parts, one annotation for each part.</source>
        <translation>
            <numerusform>%Ln region in several parts, one annotation for each part.</numerusform>
            <numerusform>%Ln regions in several parts, one annotation for each part.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The %Ln selected image(s)</source>
        <translation>
            <numerusform>The %Ln selected image</numerusform>
            <numerusform>The %Ln selected images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>comments or reviews of %Ln image(s)</source>
        <translation>
            <numerusform>comments or reviews of %Ln image</numerusform>
            <numerusform>comments or reviews of %Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>that %Ln label(s) (is,are) stuff</source>
        <translation>
            <numerusform>that %Ln label is stuff</numerusform>
            <numerusform>that %Ln labels are stuff</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the colors of %Ln label(s)</source>
        <translation>
            <numerusform>the colors of %Ln label</numerusform>
            <numerusform>the colors of %Ln labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the ids of %Ln label(s)</source>
        <translation>
            <numerusform>the ids of %Ln label</numerusform>
            <numerusform>the ids of %Ln labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>the supercategories of %Ln label(s)</source>
        <translation>
            <numerusform>the supercategories of %Ln label</numerusform>
            <numerusform>the supercategories of %Ln labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>void areas in %Ln image(s)</source>
        <translation>
            <numerusform>void areas in %Ln image</numerusform>
            <numerusform>void areas in %Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Granularity</name>
    <message numerus="yes">
        <source>%Ln image(s) updated</source>
        <translation>
            <numerusform>%Ln image updated</numerusform>
            <numerusform>%Ln images updated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln region</numerusform>
            <numerusform>%Ln regions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Calibrated on %Ln image(s)</source>
        <translation>
            <numerusform>Calibrated on %Ln image</numerusform>
            <numerusform>Calibrated on %Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>From your last %Ln image(s)</source>
        <translation>
            <numerusform>From your last image</numerusform>
            <numerusform>From your last %Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message numerus="yes">
        <source>%Ln file(s) skipped</source>
        <translation>
            <numerusform>%Ln file skipped</numerusform>
            <numerusform>%Ln files skipped</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label map(s) left out: (it,they) (belongs,belong) to photos.</source>
        <translation>
            <numerusform>%Ln label map left out: it belongs to photos.</numerusform>
            <numerusform>%Ln label maps left out: they belong to photos.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Image list</name>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln image(s)</source>
        <translation>
            <numerusform>{count} of %Ln image</numerusform>
            <numerusform>{count} of %Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{count} of %Ln image(s) selected</source>
        <translation>
            <numerusform>{count} of %Ln image selected</numerusform>
            <numerusform>{count} of %Ln images selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{named} of %Ln region(s) named</source>
        <translation>
            <numerusform>{named} of %Ln region named</numerusform>
            <numerusform>{named} of %Ln regions named</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Images</name>
    <message numerus="yes">
        <source>%Ln image(s)</source>
        <translation>
            <numerusform>%Ln image</numerusform>
            <numerusform>%Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) removed from the project</source>
        <translation>
            <numerusform>%Ln image removed from the project</numerusform>
            <numerusform>%Ln images removed from the project</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) removed; undo brings (it,them) back</source>
        <translation>
            <numerusform>%Ln image removed; undo brings it back</numerusform>
            <numerusform>%Ln images removed; undo brings them back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) restored</source>
        <translation>
            <numerusform>%Ln image restored</numerusform>
            <numerusform>%Ln images restored</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s): {status}</source>
        <translation>
            <numerusform>%Ln image: {status}</numerusform>
            <numerusform>%Ln images: {status}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln path(s) copied</source>
        <translation>
            <numerusform>%Ln path copied</numerusform>
            <numerusform>%Ln paths copied</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named as suggested</source>
        <translation>
            <numerusform>%Ln region named as suggested</numerusform>
            <numerusform>%Ln regions named as suggested</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) will be removed too, {named} of them named.</source>
        <translation>
            <numerusform>%Ln region will be removed too, {named} of them named.</numerusform>
            <numerusform>%Ln regions will be removed too, {named} of them named.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %Ln image(s) from the project?</source>
        <translation>
            <numerusform>Remove %Ln image from the project?</numerusform>
            <numerusform>Remove %Ln images from the project?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Restore %Ln image(s)</source>
        <translation>
            <numerusform>Restore %Ln image</numerusform>
            <numerusform>Restore %Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Import</name>
    <message numerus="yes">
        <source>%Ln (is,are) there already</source>
        <translation>
            <numerusform>%Ln is there already</numerusform>
            <numerusform>%Ln are there already</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln comment(s)</source>
        <translation>
            <numerusform>%Ln comment</numerusform>
            <numerusform>%Ln comments</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) in the file, {found} of them in this project</source>
        <translation>
            <numerusform>%Ln image in the file, {found} of them in this project</numerusform>
            <numerusform>%Ln images in the file, {found} of them in this project</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) meant by several names</source>
        <translation>
            <numerusform>%Ln image meant by several names</numerusform>
            <numerusform>%Ln images meant by several names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) of the file not in this project</source>
        <translation>
            <numerusform>%Ln image of the file not in this project</numerusform>
            <numerusform>%Ln images of the file not in this project</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) would be left alone</source>
        <translation>
            <numerusform>%Ln image would be left alone</numerusform>
            <numerusform>%Ln images would be left alone</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) added</source>
        <translation>
            <numerusform>%Ln label added</numerusform>
            <numerusform>%Ln labels added</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) changed</source>
        <translation>
            <numerusform>%Ln label changed</numerusform>
            <numerusform>%Ln labels changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) could mean several images</source>
        <translation>
            <numerusform>%Ln name could mean several images</numerusform>
            <numerusform>%Ln names could mean several images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new label(s)</source>
        <translation>
            <numerusform>%Ln new label</numerusform>
            <numerusform>%Ln new labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of these images already (has,have) work of yours</source>
        <translation>
            <numerusform>%Ln of these images already has work of yours</numerusform>
            <numerusform>%Ln of these images already have work of yours</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln region</numerusform>
            <numerusform>%Ln regions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s)</source>
        <translation>
            <numerusform>%Ln shape</numerusform>
            <numerusform>%Ln shapes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln shape(s) of the first images (lies,lie) completely under others.</source>
        <translation>
            <numerusform>%Ln shape of the first images lies completely under others.</numerusform>
            <numerusform>%Ln shapes of the first images lie completely under others.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Labels on %Ln image(s) of this project</source>
        <translation>
            <numerusform>Labels on %Ln image of this project</numerusform>
            <numerusform>Labels on %Ln images of this project</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Labels only: %Ln name(s), {known}</source>
        <translation>
            <numerusform>Labels only: %Ln name, {known}</numerusform>
            <numerusform>Labels only: %Ln names, {known}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Shapes are counted in the first %Ln image(s)</source>
        <translation>
            <numerusform>Shapes are counted in the first %Ln image</numerusform>
            <numerusform>Shapes are counted in the first %Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s)</source>
        <translation>
            <numerusform>in %Ln image</numerusform>
            <numerusform>in %Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Label form</name>
    <message numerus="yes">
        <source>Merge %Ln label(s) into one</source>
        <translation>
            <numerusform>Merge %Ln label into one</numerusform>
            <numerusform>Merge %Ln labels into one</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Label search</name>
    <message numerus="yes">
        <source>Name %Ln region(s)…</source>
        <translation>
            <numerusform>Name the region…</numerusform>
            <numerusform>Name the %Ln regions…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Labels</name>
    <message numerus="yes">
        <source>%Ln label(s) deleted; undo brings (it,them) back</source>
        <translation>
            <numerusform>%Ln label deleted; undo brings it back</numerusform>
            <numerusform>%Ln labels deleted; undo brings them back</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) exported to {name}</source>
        <translation>
            <numerusform>%Ln label exported to {name}</numerusform>
            <numerusform>%Ln labels exported to {name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln region</numerusform>
            <numerusform>%Ln regions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s)</source>
        <translation>
            <numerusform>in %Ln image</numerusform>
            <numerusform>in %Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Models</name>
    <message numerus="yes">
        <source>%Ln image(s) with your work left unchanged</source>
        <translation>
            <numerusform>%Ln image with your work left unchanged</numerusform>
            <numerusform>%Ln images with your work left unchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln kept aside</source>
        <translation>
            <numerusform>%Ln kept aside</numerusform>
            <numerusform>%Ln kept aside</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln learned from</source>
        <translation>
            <numerusform>%Ln learned from</numerusform>
            <numerusform>%Ln learned from</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln name(s) carried over</source>
        <translation>
            <numerusform>%Ln name carried over</numerusform>
            <numerusform>%Ln names carried over</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln region</numerusform>
            <numerusform>%Ln regions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Better on {better} of %Ln image(s).</source>
        <translation>
            <numerusform>Better on {better} of %Ln image.</numerusform>
            <numerusform>Better on {better} of %Ln images.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>It proposed regions in %Ln image(s); they stay as they are.</source>
        <translation>
            <numerusform>It proposed regions in %Ln image; they stay as they are.</numerusform>
            <numerusform>It proposed regions in %Ln images; they stay as they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Worse on {worse} of %Ln image(s): keep the bundled model.</source>
        <translation>
            <numerusform>Worse on {worse} of %Ln image: keep the bundled model.</numerusform>
            <numerusform>Worse on {worse} of %Ln images: keep the bundled model.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s) proposed again</source>
        <translation>
            <numerusform>in %Ln image proposed again</numerusform>
            <numerusform>in %Ln images proposed again</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Moved file</name>
    <message numerus="yes">
        <source>Skip (%Ln more)</source>
        <translation>
            <numerusform>Skip (%Ln more)</numerusform>
            <numerusform>Skip (%Ln more)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>New project</name>
    <message numerus="yes">
        <source>%Ln folder(s) of thumbnails or deleted files left out</source>
        <translation>
            <numerusform>%Ln folder of thumbnails or deleted files left out</numerusform>
            <numerusform>%Ln folders of thumbnails or deleted files left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) found</source>
        <translation>
            <numerusform>%Ln image found</numerusform>
            <numerusform>%Ln images found</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln in an unsupported format</source>
        <translation>
            <numerusform>%Ln in an unsupported format</numerusform>
            <numerusform>%Ln in an unsupported format</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label map(s) left out</source>
        <translation>
            <numerusform>%Ln label map left out</numerusform>
            <numerusform>%Ln label maps left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them label map(s)</source>
        <translation>
            <numerusform>%Ln of them a label map</numerusform>
            <numerusform>%Ln of them label maps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln scene(s)</source>
        <translation>
            <numerusform>%Ln scene</numerusform>
            <numerusform>%Ln scenes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln tile(s) of about {side} px</source>
        <translation>
            <numerusform>%Ln tile of about {side} px</numerusform>
            <numerusform>%Ln tiles of about {side} px</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>That folder contains no images in a supported format; convert %Ln image(s) to PNG or JPEG.</source>
        <translation>
            <numerusform>That folder contains no images in a supported format; convert %Ln image to PNG or JPEG.</numerusform>
            <numerusform>That folder contains no images in a supported format; convert %Ln images to PNG or JPEG.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Project</name>
    <message numerus="yes">
        <source>%Ln edit(s) removed from the history, {size} freed</source>
        <translation>
            <numerusform>%Ln edit removed from the history, {size} freed</numerusform>
            <numerusform>%Ln edits removed from the history, {size} freed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s) could not be used; the others were added.</source>
        <translation>
            <numerusform>%Ln file could not be used; the others were added.</numerusform>
            <numerusform>%Ln files could not be used; the others were added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln folder(s) of thumbnails or deleted files left out.</source>
        <translation>
            <numerusform>%Ln folder of thumbnails or deleted files left out.</numerusform>
            <numerusform>%Ln folders of thumbnails or deleted files left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) (has,have) changed since being added.</source>
        <translation>
            <numerusform>%Ln image has changed since being added.</numerusform>
            <numerusform>%Ln images have changed since being added.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) (is,are) missing.</source>
        <translation>
            <numerusform>%Ln image is missing.</numerusform>
            <numerusform>%Ln images are missing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) (was,were) moved; (its,their) regions moved with (it,them).</source>
        <translation>
            <numerusform>%Ln image was moved; its regions moved with it.</numerusform>
            <numerusform>%Ln images were moved; their regions moved with them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) can no longer be read.</source>
        <translation>
            <numerusform>%Ln image can no longer be read.</numerusform>
            <numerusform>%Ln images can no longer be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) found and checked</source>
        <translation>
            <numerusform>%Ln image found and checked</numerusform>
            <numerusform>%Ln images found and checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label map(s) left out</source>
        <translation>
            <numerusform>%Ln label map left out</numerusform>
            <numerusform>%Ln label maps left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label map(s) left out: (it,they) (belongs,belong) to photos.</source>
        <translation>
            <numerusform>%Ln label map left out: it belongs to photos.</numerusform>
            <numerusform>%Ln label maps left out: they belong to photos.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln missing image(s) may have been renamed: choose the right file.</source>
        <translation>
            <numerusform>%Ln missing image may have been renamed: choose the right file.</numerusform>
            <numerusform>%Ln missing images may have been renamed: choose the right file.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln new image(s)</source>
        <translation>
            <numerusform>%Ln new image</numerusform>
            <numerusform>%Ln new images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s) ready. Next: let the model propose regions for you to merge and name.</source>
        <translation>
            <numerusform>%Ln photo is ready. Next: let the model propose regions for you to merge and name.</numerusform>
            <numerusform>%Ln photos are ready. Next: let the model propose regions for you to merge and name.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln photo(s), {size}, will be copied to {folder}, where the photos of this project are. The originals stay where they are.</source>
        <translation>
            <numerusform>%Ln photo, {size}, will be copied to {folder}, where the photos of this project are. The originals stay where they are.</numerusform>
            <numerusform>%Ln photos, {size}, will be copied to {folder}, where the photos of this project are. The originals stay where they are.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Add %Ln photo(s)?</source>
        <translation>
            <numerusform>Add %Ln photo?</numerusform>
            <numerusform>Add %Ln photos?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only the first page of %Ln file(s) is used.</source>
        <translation>
            <numerusform>Only the first page of %Ln file is used.</numerusform>
            <numerusform>Only the first page of %Ln files is used.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Propose</name>
    <message numerus="yes">
        <source>%Ln image(s) could not be used; the others are done.</source>
        <translation>
            <numerusform>%Ln image could not be used; the others are done.</numerusform>
            <numerusform>%Ln images could not be used; the others are done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of them around labels</source>
        <translation>
            <numerusform>%Ln of them around labels</numerusform>
            <numerusform>%Ln of them around labels</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s)</source>
        <translation>
            <numerusform>%Ln region</numerusform>
            <numerusform>%Ln regions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln with your edits left unchanged</source>
        <translation>
            <numerusform>%Ln with your edits left unchanged</numerusform>
            <numerusform>%Ln with your edits left unchanged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>(%Ln of them done)</source>
        <translation>
            <numerusform>(%Ln of them done)</numerusform>
            <numerusform>(%Ln of them done)</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %Ln image(s)</source>
        <translation>
            <numerusform>in %Ln image</numerusform>
            <numerusform>in %Ln images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Propose form</name>
    <message numerus="yes">
        <source>%Ln done image(s) (is,are) left out.</source>
        <translation>
            <numerusform>%Ln done image is left out.</numerusform>
            <numerusform>%Ln done images are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln done image(s) will get new proposals too.</source>
        <translation>
            <numerusform>%Ln done image will get new proposals too.</numerusform>
            <numerusform>%Ln done images will get new proposals too.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) (has,have) labels but no proposals: regions are proposed around the labels.</source>
        <translation>
            <numerusform>%Ln image has labels but no proposals: regions are proposed around the labels.</numerusform>
            <numerusform>%Ln images have labels but no proposals: regions are proposed around the labels.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s): about {time} on this computer</source>
        <translation>
            <numerusform>%Ln image: about {time} on this computer</numerusform>
            <numerusform>%Ln images: about {time} on this computer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Regions</name>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln part</numerusform>
            <numerusform>%Ln parts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s), one thing</source>
        <translation>
            <numerusform>%Ln part, one thing</numerusform>
            <numerusform>%Ln parts, one thing</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln pixel(s)</source>
        <translation>
            <numerusform>%Ln pixel</numerusform>
            <numerusform>%Ln pixels</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Review</name>
    <message numerus="yes">
        <source>%Ln name(s) (is,are) unsure</source>
        <translation>
            <numerusform>%Ln name is unsure</numerusform>
            <numerusform>%Ln names are unsure</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named “{name}”</source>
        <translation>
            <numerusform>%Ln region named “{name}”</numerusform>
            <numerusform>%Ln regions named “{name}”</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Shapes</name>
    <message numerus="yes">
        <source>%Ln of these regions (has,have) several parts. Is each part a separate object?</source>
        <translation>
            <numerusform>%Ln of these regions has several parts. Is each part a separate object?</numerusform>
            <numerusform>%Ln of these regions have several parts. Is each part a separate object?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln part(s)</source>
        <translation>
            <numerusform>%Ln part</numerusform>
            <numerusform>%Ln parts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) marked as void</source>
        <translation>
            <numerusform>%Ln region marked as void</numerusform>
            <numerusform>%Ln regions marked as void</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) merged</source>
        <translation>
            <numerusform>%Ln region merged</numerusform>
            <numerusform>%Ln regions merged</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named as in the previous image</source>
        <translation>
            <numerusform>%Ln region named as in the previous image</numerusform>
            <numerusform>%Ln regions named as in the previous image</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Merge %Ln region(s) as…</source>
        <translation>
            <numerusform>Merge %Ln region as…</numerusform>
            <numerusform>Merge %Ln regions as…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>This “{label}” has %Ln part(s). Is each one a separate object?</source>
        <translation>
            <numerusform>This “{label}” has %Ln part. Is each one a separate object?</numerusform>
            <numerusform>This “{label}” has %Ln parts. Is each one a separate object?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Statistics</name>
    <message numerus="yes">
        <source>%Ln action(s)</source>
        <translation>
            <numerusform>%Ln action</numerusform>
            <numerusform>%Ln actions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln action(s) in {time} of work so far</source>
        <translation>
            <numerusform>%Ln action in {time} of work so far</numerusform>
            <numerusform>%Ln actions in {time} of work so far</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) left: about {time}</source>
        <translation>
            <numerusform>%Ln image left: about {time}</numerusform>
            <numerusform>%Ln images left: about {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{time} of work, %Ln image(s) done</source>
        <translation>
            <numerusform>{time} of work, %Ln image done</numerusform>
            <numerusform>{time} of work, %Ln images done</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Status line</name>
    <message numerus="yes">
        <source>%Ln image(s) left: about {time}</source>
        <translation>
            <numerusform>%Ln image left: about {time}</numerusform>
            <numerusform>%Ln images left: about {time}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) per hour</source>
        <translation>
            <numerusform>%Ln image per hour</numerusform>
            <numerusform>%Ln images per hour</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{done} of %Ln image(s) done</source>
        <translation>
            <numerusform>{done} of %Ln image done</numerusform>
            <numerusform>{done} of %Ln images done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{named} of %Ln region(s) named</source>
        <translation>
            <numerusform>{named} of %Ln region named</numerusform>
            <numerusform>{named} of %Ln regions named</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{time} of work, %Ln action(s):</source>
        <translation>
            <numerusform>{time} of work, %Ln action:</numerusform>
            <numerusform>{time} of work, %Ln actions:</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{time} on this image, %Ln action(s); pauses of more than a minute do not count</source>
        <translation>
            <numerusform>{time} on this image, %Ln action; pauses of more than a minute do not count</numerusform>
            <numerusform>{time} on this image, %Ln actions; pauses of more than a minute do not count</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Suggestions</name>
    <message numerus="yes">
        <source>%Ln image(s) (was,were) left unchanged.</source>
        <translation>
            <numerusform>%Ln image was left unchanged.</numerusform>
            <numerusform>%Ln images were left unchanged.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln image(s) could not be used; the others are done.</source>
        <translation>
            <numerusform>%Ln image could not be used; the others are done.</numerusform>
            <numerusform>%Ln images could not be used; the others are done.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln label(s) deleted or merged in the meantime, no longer suggested: {names}.</source>
        <translation>
            <numerusform>%Ln label deleted or merged in the meantime, no longer suggested: {names}.</numerusform>
            <numerusform>%Ln labels deleted or merged in the meantime, no longer suggested: {names}.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) named as suggested</source>
        <translation>
            <numerusform>%Ln region named as suggested</numerusform>
            <numerusform>%Ln regions named as suggested</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln region(s) with a suggested name</source>
        <translation>
            <numerusform>%Ln region with a suggested name</numerusform>
            <numerusform>%Ln regions with a suggested name</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln suggestion(s) declined; undo brings (it,them) back</source>
        <translation>
            <numerusform>%Ln suggestion declined; undo brings it back</numerusform>
            <numerusform>%Ln suggestions declined; undo brings them back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Training</name>
    <message numerus="yes">
        <source>%Ln image(s) could not be read.</source>
        <translation>
            <numerusform>%Ln image could not be read.</numerusform>
            <numerusform>%Ln images could not be read.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln of {count} images: the model does not learn from (it,them), so (it,they) (shows,show) whether it has become any better.</source>
        <translation>
            <numerusform>%Ln of {count} images: the model does not learn from it, so it shows whether it has become any better.</numerusform>
            <numerusform>%Ln of {count} images: the model does not learn from them, so they show whether it has become any better.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %Ln image(s)</source>
        <translation>
            <numerusform>All %Ln image</numerusform>
            <numerusform>All %Ln images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only the %Ln image(s) selected in the list</source>
        <translation>
            <numerusform>Only the %Ln image selected in the list</numerusform>
            <numerusform>Only the %Ln images selected in the list</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Only the %Ln image(s) that (is,are) done</source>
        <translation>
            <numerusform>Only the %Ln image that is done</numerusform>
            <numerusform>Only the %Ln images that are done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Training needs at least {least} images; %Ln (is,are) chosen. Choose more.</source>
        <translation>
            <numerusform>Training needs at least {least} images; %Ln is chosen. Choose more.</numerusform>
            <numerusform>Training needs at least {least} images; %Ln are chosen. Choose more.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Training needs at least {least} images; this project has %Ln. Add more.</source>
        <translation>
            <numerusform>Training needs at least {least} images; this project has %Ln. Add more.</numerusform>
            <numerusform>Training needs at least {least} images; this project has %Ln. Add more.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Trim history</name>
    <message numerus="yes">
        <source>%Ln edit(s) will be removed, freeing about {size}.</source>
        <translation>
            <numerusform>%Ln edit will be removed, freeing about {size}.</numerusform>
            <numerusform>%Ln edits will be removed, freeing about {size}.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>View</name>
    <message numerus="yes">
        <source>%Ln hidden; press {key} again to show (it,them)</source>
        <translation>
            <numerusform>%Ln hidden; press {key} again to show it</numerusform>
            <numerusform>%Ln hidden; press {key} again to show them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Work</name>
    <message numerus="yes">
        <source>%Ln edit(s) (is,are) only there.</source>
        <translation>
            <numerusform>%Ln edit is only there.</numerusform>
            <numerusform>%Ln edits are only there.</numerusform>
        </translation>
    </message>
</context>
</TS>
