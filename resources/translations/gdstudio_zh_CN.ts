<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
    <context>
        <name>Actions</name>
        <message>
            <source>&amp;About gdstudio</source>
            <translation>关于 gdstudio(&amp;A)</translation>
        </message>
        <message>
            <source>&amp;Add Node…</source>
            <translation>添加节点(&amp;A)…</translation>
        </message>
        <message>
            <source>&amp;Animation of the Race…</source>
            <translation>竞赛的动画(&amp;A)…</translation>
        </message>
        <message>
            <source>&amp;Check Gradients</source>
            <translation>检查梯度(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Command Palette…</source>
            <translation>命令面板(&amp;C)…</translation>
        </message>
        <message>
            <source>&amp;Copy</source>
            <translation>复制(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Dark</source>
            <translation>深色(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Duplicate</source>
            <translation>创建副本(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Frame All</source>
            <translation>显示全图(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Keyboard Shortcuts</source>
            <translation>键盘快捷键(&amp;K)</translation>
        </message>
        <message>
            <source>&amp;Lessons</source>
            <translation>课程(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Light</source>
            <translation>浅色(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;New</source>
            <translation>新建(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Next Part of the Window</source>
            <translation>窗口的下一部分(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Open…</source>
            <translation>打开(&amp;O)…</translation>
        </message>
        <message>
            <source>&amp;Paste</source>
            <translation>粘贴(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Play</source>
            <translation>播放(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Quit</source>
            <translation>退出(&amp;Q)</translation>
        </message>
        <message>
            <source>&amp;Reset</source>
            <translation>重置(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Save</source>
            <translation>保存(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Settings…</source>
            <translation>设置(&amp;S)…</translation>
        </message>
        <message>
            <source>&amp;System</source>
            <translation>跟随系统(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Tour of the Window</source>
            <translation>窗口导览(&amp;T)</translation>
        </message>
        <message>
            <source>Add a layer or a small network as a group of nodes</source>
            <translation>以一组节点的形式添加一个层或小网络</translation>
        </message>
        <message>
            <source>Add a node to the graph</source>
            <translation>向计算图添加一个节点</translation>
        </message>
        <message>
            <source>All paths between two nodes, or from one to the output, with their products</source>
            <translation>两个节点之间，或一个节点到输出的所有路径及其乘积</translation>
        </message>
        <message>
            <source>Appearance, files and unsaved work</source>
            <translation>外观、文件与未保存的工作</translation>
        </message>
        <message>
            <source>Arrange the nodes in layers</source>
            <translation>把节点按层排列</translation>
        </message>
        <message>
            <source>As the &amp;System</source>
            <translation>跟随系统(&amp;S)</translation>
        </message>
        <message>
            <source>Auto &amp;Layout</source>
            <translation>自动布局(&amp;L)</translation>
        </message>
        <message>
            <source>Back to the starts</source>
            <translation>回到起点</translation>
        </message>
        <message>
            <source>Basins of A&amp;ttraction…</source>
            <translation>吸引域(&amp;T)…</translation>
        </message>
        <message>
            <source>Begin with an empty graph</source>
            <translation>从空的计算图开始</translation>
        </message>
        <message>
            <source>Change between the dark and the light theme</source>
            <translation>在深色与浅色主题之间切换</translation>
        </message>
        <message>
            <source>Close the window</source>
            <translation>关闭窗口</translation>
        </message>
        <message>
            <source>Copy a picture of the curves</source>
            <translation>复制曲线的图片</translation>
        </message>
        <message>
            <source>Copy a picture of the graph</source>
            <translation>复制计算图的图片</translation>
        </message>
        <message>
            <source>Copy a picture of the race</source>
            <translation>复制竞赛的图片</translation>
        </message>
        <message>
            <source>Copy a picture of the surface</source>
            <translation>复制曲面的图片</translation>
        </message>
        <message>
            <source>Copy a picture of the whole window</source>
            <translation>复制整个窗口的图片</translation>
        </message>
        <message>
            <source>Copy the &amp;Curves</source>
            <translation>复制曲线(&amp;C)</translation>
        </message>
        <message>
            <source>Copy the &amp;Graph</source>
            <translation>复制计算图(&amp;G)</translation>
        </message>
        <message>
            <source>Copy the &amp;Race</source>
            <translation>复制竞赛(&amp;R)</translation>
        </message>
        <message>
            <source>Copy the &amp;Surface</source>
            <translation>复制曲面(&amp;S)</translation>
        </message>
        <message>
            <source>Copy the &amp;Window</source>
            <translation>复制窗口(&amp;W)</translation>
        </message>
        <message>
            <source>Copy the selected nodes, as text their formula</source>
            <translation>复制所选节点；作为文本则是它们的公式</translation>
        </message>
        <message>
            <source>Cu&amp;t</source>
            <translation>剪切(&amp;T)</translation>
        </message>
        <message>
            <source>Dark colours on light</source>
            <translation>浅底深色字</translation>
        </message>
        <message>
            <source>Dark or Light</source>
            <translation>深色或浅色</translation>
        </message>
        <message>
            <source>Dark or light as the desktop is</source>
            <translation>深色或浅色与桌面一致</translation>
        </message>
        <message>
            <source>De&amp;lete</source>
            <translation>删除(&amp;L)</translation>
        </message>
        <message>
            <source>Delete the selected nodes and wires</source>
            <translation>删除所选的节点和连线</translation>
        </message>
        <message>
            <source>Document Titl&amp;e…</source>
            <translation>文档标题(&amp;E)…</translation>
        </message>
        <message>
            <source>F&amp;ull Screen</source>
            <translation>全屏(&amp;U)</translation>
        </message>
        <message>
            <source>Fa&amp;ir Race…</source>
            <translation>公平竞赛(&amp;I)…</translation>
        </message>
        <message>
            <source>Fill leaves of the graph, or new ones, from the columns of a CSV file</source>
            <translation>用 CSV 文件的列填充计算图的叶节点或新的叶节点</translation>
        </message>
        <message>
            <source>Find any command by a part of its name</source>
            <translation>按名称的一部分查找任何命令</translation>
        </message>
        <message>
            <source>Give the document a title</source>
            <translation>给文档起个标题</translation>
        </message>
        <message>
            <source>Go back with the keyboard to the part before</source>
            <translation>用键盘回到前一部分</translation>
        </message>
        <message>
            <source>Go on with documents that a crash left unsaved</source>
            <translation>继续编辑因崩溃而未保存的文档</translation>
        </message>
        <message>
            <source>Go on with the keyboard in the next part: graph, surface, race, docks</source>
            <translation>用键盘转到下一部分：计算图、曲面、竞赛、停靠面板</translation>
        </message>
        <message>
            <source>Gradient &amp;Norms</source>
            <translation>梯度范数(&amp;N)</translation>
        </message>
        <message>
            <source>Graph as &amp;Program, Formula or PDF…</source>
            <translation>计算图导出为程序、公式或 PDF(&amp;P)…</translation>
        </message>
        <message>
            <source>Graph as Fo&amp;rmula</source>
            <translation>用公式表示的计算图(&amp;R)</translation>
        </message>
        <message>
            <source>How large text is outside of the graph's canvas</source>
            <translation>计算图画布以外的文字大小</translation>
        </message>
        <message>
            <source>Insert &amp;Template…</source>
            <translation>插入模板(&amp;T)…</translation>
        </message>
        <message>
            <source>Light colours on dark</source>
            <translation>深底浅色字</translation>
        </message>
        <message>
            <source>List all shortcuts</source>
            <translation>列出所有快捷键</translation>
        </message>
        <message>
            <source>Load &amp;CSV Data…</source>
            <translation>载入 CSV 数据(&amp;C)…</translation>
        </message>
        <message>
            <source>Local &amp;Derivatives</source>
            <translation>局部导数(&amp;D)</translation>
        </message>
        <message>
            <source>Move a leaf by 1 and see node by node what follows</source>
            <translation>让一个叶节点变动 1，逐个节点地观察随之而来的变化</translation>
        </message>
        <message>
            <source>Move the selected nodes to the clipboard</source>
            <translation>把所选节点移到剪贴板</translation>
        </message>
        <message>
            <source>New &amp;Window</source>
            <translation>新建窗口(&amp;W)</translation>
        </message>
        <message>
            <source>Numerical beside analytic gradients, with their relative error</source>
            <translation>数值梯度与解析梯度并列，并给出相对误差</translation>
        </message>
        <message>
            <source>One step back</source>
            <translation>后退一步</translation>
        </message>
        <message>
            <source>One step forward</source>
            <translation>前进一步</translation>
        </message>
        <message>
            <source>Open a document</source>
            <translation>打开一个文档</translation>
        </message>
        <message>
            <source>Open another window, with the start page</source>
            <translation>打开另一个窗口，显示起始页</translation>
        </message>
        <message>
            <source>Paste nodes, or a formula as nodes</source>
            <translation>粘贴节点，或把公式粘贴为节点</translation>
        </message>
        <message>
            <source>Pat&amp;hs</source>
            <translation>路径(&amp;H)</translation>
        </message>
        <message>
            <source>Picture of the &amp;Curves…</source>
            <translation>曲线的图片(&amp;C)…</translation>
        </message>
        <message>
            <source>Picture of the &amp;Graph…</source>
            <translation>计算图的图片(&amp;G)…</translation>
        </message>
        <message>
            <source>Picture of the &amp;Race…</source>
            <translation>竞赛的图片(&amp;R)…</translation>
        </message>
        <message>
            <source>Picture of the &amp;Surface…</source>
            <translation>曲面的图片(&amp;S)…</translation>
        </message>
        <message>
            <source>Picture of the &amp;Window…</source>
            <translation>窗口的图片(&amp;W)…</translation>
        </message>
        <message>
            <source>Play For&amp;ward Mode</source>
            <translation>播放正向模式(&amp;W)</translation>
        </message>
        <message>
            <source>Play the &amp;Backward Pass</source>
            <translation>播放反向传播(&amp;B)</translation>
        </message>
        <message>
            <source>Play the F&amp;orward Pass</source>
            <translation>播放正向传播(&amp;O)</translation>
        </message>
        <message>
            <source>Play the race, or pause it</source>
            <translation>播放或暂停竞赛</translation>
        </message>
        <message>
            <source>Pre&amp;vious Part of the Window</source>
            <translation>窗口的上一部分(&amp;V)</translation>
        </message>
        <message>
            <source>Put a copy beside the selected nodes</source>
            <translation>在所选节点旁放一份副本</translation>
        </message>
        <message>
            <source>Race as &amp;Data…</source>
            <translation>竞赛导出为数据(&amp;D)…</translation>
        </message>
        <message>
            <source>Race from every point of the surface and see where each ends</source>
            <translation>从曲面的每一点出发竞赛，看各自停在哪里</translation>
        </message>
        <message>
            <source>Race one optimizer from thousands of starts and watch all of them</source>
            <translation>让一个优化器从成千上万个起点出发竞赛，并全部观看</translation>
        </message>
        <message>
            <source>Race one optimizer with every pair of two settings</source>
            <translation>让一个优化器用两项设置的每种组合竞赛</translation>
        </message>
        <message>
            <source>Reduced &amp;Motion</source>
            <translation>减少动画(&amp;M)</translation>
        </message>
        <message>
            <source>Restore &amp;Unsaved Work…</source>
            <translation>恢复未保存的工作(&amp;U)…</translation>
        </message>
        <message>
            <source>S&amp;tart Page</source>
            <translation>起始页(&amp;T)</translation>
        </message>
        <message>
            <source>S&amp;weep of Hyper-parameters…</source>
            <translation>超参数扫描(&amp;W)…</translation>
        </message>
        <message>
            <source>Save &amp;As…</source>
            <translation>另存为(&amp;A)…</translation>
        </message>
        <message>
            <source>Save a picture of the curves (PNG, SVG or PDF)</source>
            <translation>保存曲线的图片（PNG、SVG 或 PDF）</translation>
        </message>
        <message>
            <source>Save a picture of the graph (PNG, SVG or PDF)</source>
            <translation>保存计算图的图片（PNG、SVG 或 PDF）</translation>
        </message>
        <message>
            <source>Save a picture of the race (PNG, SVG or PDF)</source>
            <translation>保存竞赛的图片（PNG、SVG 或 PDF）</translation>
        </message>
        <message>
            <source>Save a picture of the surface (PNG, SVG or PDF)</source>
            <translation>保存曲面的图片（PNG、SVG 或 PDF）</translation>
        </message>
        <message>
            <source>Save a picture of the whole window (PNG, SVG or PDF)</source>
            <translation>保存整个窗口的图片（PNG、SVG 或 PDF）</translation>
        </message>
        <message>
            <source>Save every step of the race as CSV, JSON or NPZ</source>
            <translation>把竞赛的每一步保存为 CSV、JSON 或 NPZ</translation>
        </message>
        <message>
            <source>Save the playback as an animated GIF or WebP</source>
            <translation>把播放过程保存为 GIF 或 WebP 动画</translation>
        </message>
        <message>
            <source>Select &amp;All</source>
            <translation>全选(&amp;A)</translation>
        </message>
        <message>
            <source>Select all nodes</source>
            <translation>选中所有节点</translation>
        </message>
        <message>
            <source>Show node by node how the gradients flow back</source>
            <translation>逐个节点演示梯度如何反向流动</translation>
        </message>
        <message>
            <source>Show node by node how the values are computed</source>
            <translation>逐个节点演示数值如何计算</translation>
        </message>
        <message>
            <source>Show passes through the graph without moving dots</source>
            <translation>演示传播过程时不使用移动的圆点</translation>
        </message>
        <message>
            <source>Show the graph as text that can be edited</source>
            <translation>把计算图显示为可编辑的文本</translation>
        </message>
        <message>
            <source>Show the local derivative on every wire</source>
            <translation>在每条连线上显示局部导数</translation>
        </message>
        <message>
            <source>Show the start page or go back to the document</source>
            <translation>显示起始页，或回到文档</translation>
        </message>
        <message>
            <source>Show the whole graph</source>
            <translation>显示整个计算图</translation>
        </message>
        <message>
            <source>Step &amp;Back</source>
            <translation>后退一步(&amp;B)</translation>
        </message>
        <message>
            <source>Step &amp;Forward</source>
            <translation>前进一步(&amp;F)</translation>
        </message>
        <message>
            <source>Swar&amp;m…</source>
            <translation>群体(&amp;M)…</translation>
        </message>
        <message>
            <source>Text Size {0} %</source>
            <translation>文字大小 {0} %</translation>
        </message>
        <message>
            <source>The course on gradients, step by step</source>
            <translation>关于梯度的课程，一步一步来</translation>
        </message>
        <message>
            <source>The norm of the gradient layer by layer</source>
            <translation>逐层的梯度范数</translation>
        </message>
        <message>
            <source>Tune every racer with the same budget</source>
            <translation>用同样的预算调优每位选手</translation>
        </message>
        <message>
            <source>Use English</source>
            <translation>使用英语</translation>
        </message>
        <message>
            <source>Use Simplified Chinese</source>
            <translation>使用简体中文</translation>
        </message>
        <message>
            <source>Use the system's language where there is a translation</source>
            <translation>有译文时使用系统的语言</translation>
        </message>
        <message>
            <source>Use the whole screen; Esc leaves it</source>
            <translation>使用整个屏幕；按 Esc 退出</translation>
        </message>
        <message>
            <source>Version, licence and what it is made of</source>
            <translation>版本、许可证与所用组件</translation>
        </message>
        <message>
            <source>What the parts of the window are for, in four steps</source>
            <translation>分四步介绍窗口各部分的用途</translation>
        </message>
        <message>
            <source>Write the document to another file</source>
            <translation>把文档写入另一个文件</translation>
        </message>
        <message>
            <source>Write the document to its file</source>
            <translation>把文档写入它的文件</translation>
        </message>
        <message>
            <source>Write the graph for PyTorch, JAX, NumPy or LaTeX, or as a PDF picture</source>
            <translation>把计算图导出为 PyTorch、JAX、NumPy 程序或 LaTeX，或 PDF 图片</translation>
        </message>
    </context>
    <context>
        <name>AnimationDialog</name>
        <message numerus="yes">
            <source>%n frames, {0:.1f} s</source>
            <translation>
                <numerusform>%n 帧，{0:.1f} 秒</numerusform>
            </translation>
        </message>
        <message>
            <source>Animated GIF (*.gif)</source>
            <translation>GIF 动画 (*.gif)</translation>
        </message>
        <message>
            <source>Animated WebP (*.webp)</source>
            <translation>WebP 动画 (*.webp)</translation>
        </message>
        <message>
            <source>Animation of the Race</source>
            <translation>竞赛的动画</translation>
        </message>
        <message>
            <source>As on the screen, {0}</source>
            <translation>与屏幕相同，{0}</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Choose a file and film the race</source>
            <translation>选择文件并录制竞赛</translation>
        </message>
        <message>
            <source>Close without a film</source>
            <translation>关闭，不录制</translation>
        </message>
        <message>
            <source>Curves</source>
            <translation>曲线</translation>
        </message>
        <message>
            <source>Filming {0} …</source>
            <translation>正在录制 {0}…</translation>
        </message>
        <message>
            <source>Frames per second</source>
            <translation>每秒帧数</translation>
        </message>
        <message>
            <source>Graph, following the selected racer</source>
            <translation>计算图，跟随所选选手</translation>
        </message>
        <message>
            <source>Graph, surface and race</source>
            <translation>计算图、曲面与竞赛</translation>
        </message>
        <message>
            <source>Number of frames and length</source>
            <translation>帧数与时长</translation>
        </message>
        <message>
            <source>Race: table and curves</source>
            <translation>竞赛：表格与曲线</translation>
        </message>
        <message>
            <source>Save the Animation</source>
            <translation>保存动画</translation>
        </message>
        <message>
            <source>Save…</source>
            <translation>保存…</translation>
        </message>
        <message>
            <source>Size</source>
            <translation>尺寸</translation>
        </message>
        <message>
            <source>Size of a frame in pixels</source>
            <translation>一帧的像素尺寸</translation>
        </message>
        <message>
            <source>Steps of the race from one frame to the next</source>
            <translation>相邻两帧之间的竞赛步数</translation>
        </message>
        <message>
            <source>Steps per frame</source>
            <translation>每帧步数</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Surface</source>
            <translation>曲面</translation>
        </message>
        <message>
            <source>View</source>
            <translation>视图</translation>
        </message>
        <message>
            <source>What is filmed</source>
            <translation>录制的内容</translation>
        </message>
    </context>
    <context>
        <name>Author</name>
        <message>
            <source>Delete a step</source>
            <translation>删除一步</translation>
        </message>
        <message>
            <source>Edit Step</source>
            <translation>编辑步骤</translation>
        </message>
        <message>
            <source>Edit a step</source>
            <translation>编辑一步</translation>
        </message>
        <message>
            <source>New Step</source>
            <translation>新建步骤</translation>
        </message>
        <message>
            <source>Record a step</source>
            <translation>录制一步</translation>
        </message>
    </context>
    <context>
        <name>AxisCombo</name>
        <message>
            <source>The graph has no coordinate {0}; write the name of one, such as {1}.</source>
            <translation>计算图没有坐标 {0}；请写一个坐标的名称，例如 {1}。</translation>
        </message>
    </context>
    <context>
        <name>BasinsPage</name>
        <message>
            <source>, a floor</source>
            <translation>，为谷底线</translation>
        </message>
        <message>
            <source>Darker: more steps</source>
            <translation>越深：步数越多</translation>
        </message>
        <message>
            <source>Map the basins</source>
            <translation>绘制吸引域</translation>
        </message>
        <message>
            <source>Place start</source>
            <translation>放置起点</translation>
        </message>
        <message>
            <source>Race</source>
            <translation>竞赛</translation>
        </message>
        <message>
            <source>Starts along each axis</source>
            <translation>每个轴上的起点数</translation>
        </message>
        <message>
            <source>The minima that were reached</source>
            <translation>到达的极小值</translation>
        </message>
        <message>
            <source>What a start leads to</source>
            <translation>这个起点通向哪里</translation>
        </message>
        <message>
            <source>Where the racer ends from every start</source>
            <translation>选手从每个起点出发最终停在哪里</translation>
        </message>
        <message>
            <source>Which minimum is reached from every point of the surface: one colour for each, darker where it takes more steps.
Press “Map the basins”.</source>
            <translation>从曲面上每一点出发会到达哪个极小值：每个极小值一种颜色，所需步数越多颜色越深。
请按“绘制吸引域”。</translation>
        </message>
        <message numerus="yes">
            <source>and %n more minima</source>
            <translation>
                <numerusform>以及另外 %n 个极小值</numerusform>
            </translation>
        </message>
        <message>
            <source>diverged</source>
            <translation>发散</translation>
        </message>
        <message>
            <source>from</source>
            <translation>从</translation>
        </message>
        <message>
            <source>loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>points of the surface in view</source>
            <translation>视野内曲面上的点</translation>
        </message>
        <message>
            <source>still on its way, or held up</source>
            <translation>仍在途中，或停滞</translation>
        </message>
        <message numerus="yes">
            <source>{0:.1%} of all starts reach a minimum within %n step(s). Click: start there.</source>
            <translation>
                <numerusform>全部起点中有 {0:.1%} 在 %n 步之内到达极小值。单击：从那里出发。</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} → at no minimum by the last step</source>
            <translation>{0} → 到最后一步仍未到达极小值</translation>
        </message>
        <message>
            <source>{0} → diverges</source>
            <translation>{0} → 发散</translation>
        </message>
        <message numerus="yes">
            <source>{0} → {1} in %n step(s), loss {2}</source>
            <translation>
                <numerusform>{0} → {1}，%n 步，损失 {2}</numerusform>
            </translation>
        </message>
    </context>
    <context>
        <name>BatchBar</name>
        <message>
            <source>Whose batch the surface is of</source>
            <translation>曲面取自谁的批</translation>
        </message>
    </context>
    <context>
        <name>BatchSurface</name>
        <message>
            <source>The loss over the {0} rows that {1} sees at step {2}</source>
            <translation>{1} 在第 {2} 步所见的 {0} 行上的损失</translation>
        </message>
    </context>
    <context>
        <name>BoardModel</name>
        <message>
            <source>; click to rank by it</source>
            <translation>；单击按此排名</translation>
        </message>
        <message>
            <source>After how many gradient evaluations the target was reached</source>
            <translation>达到目标用了多少次梯度求值</translation>
        </message>
        <message>
            <source>After how many steps the target was reached</source>
            <translation>达到目标用了多少步</translation>
        </message>
        <message>
            <source>Best loss</source>
            <translation>最佳损失</translation>
        </message>
        <message>
            <source>Distance</source>
            <translation>距离</translation>
        </message>
        <message>
            <source>Evals</source>
            <translation>求值</translation>
        </message>
        <message>
            <source>Evals to target</source>
            <translation>达标求值数</translation>
        </message>
        <message>
            <source>Gradient evaluations in all</source>
            <translation>梯度求值的总次数</translation>
        </message>
        <message>
            <source>How far from the nearest known minimum at the end</source>
            <translation>结束时距最近的已知极小值多远</translation>
        </message>
        <message>
            <source>How it ended</source>
            <translation>结局如何</translation>
        </message>
        <message>
            <source>How it ended, and where</source>
            <translation>结局如何，停在哪里</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>Place by the measure that is chosen</source>
            <translation>按所选指标的名次</translation>
        </message>
        <message>
            <source>Racer</source>
            <translation>选手</translation>
        </message>
        <message>
            <source>Steps to target</source>
            <translation>达标步数</translation>
        </message>
        <message>
            <source>The loss at the end of the race, or of the budget</source>
            <translation>竞赛结束时或预算用完时的损失</translation>
        </message>
        <message>
            <source>The racer's name</source>
            <translation>选手的名称</translation>
        </message>
        <message>
            <source>The smallest loss on the way</source>
            <translation>途中最小的损失</translation>
        </message>
        <message>
            <source>{0} at {1}</source>
            <translation>{0}，位于 {1}</translation>
        </message>
        <message>
            <source>{0}, before</source>
            <translation>{0}（之前）</translation>
        </message>
    </context>
    <context>
        <name>ChallengeBox</name>
        <message>
            <source>Challenge</source>
            <translation>挑战</translation>
        </message>
        <message>
            <source>Goal</source>
            <translation>目标</translation>
        </message>
        <message>
            <source>Hint</source>
            <translation>提示</translation>
        </message>
        <message>
            <source>Now: {0}.</source>
            <translation>现在：{0}。</translation>
        </message>
        <message>
            <source>Result</source>
            <translation>结果</translation>
        </message>
        <message>
            <source>Show a solution</source>
            <translation>显示一个解答</translation>
        </message>
        <message>
            <source>Solved before.</source>
            <translation>以前已解决。</translation>
        </message>
        <message>
            <source>Solved.</source>
            <translation>已解决。</translation>
        </message>
        <message>
            <source>The gradient of {0}</source>
            <translation>{0} 的梯度</translation>
        </message>
        <message>
            <source>The gradients are right at {0} points.</source>
            <translation>梯度在 {0} 个点上正确。</translation>
        </message>
        <message>
            <source>This counts once it is as it was: {0}. “Back to the step” undoes everything.</source>
            <translation>恢复原样后才算数：{0}。“回到本步”会撤销全部改动。</translation>
        </message>
        <message>
            <source>This is one solution. “Back to the step”, and do it yourself.</source>
            <translation>这是一个解答。请点“回到本步”，再亲自做一遍。</translation>
        </message>
        <message>
            <source>What may be changed</source>
            <translation>可以改动的内容</translation>
        </message>
        <message>
            <source>You may change: {0}.</source>
            <translation>可以改动：{0}。</translation>
        </message>
        <message>
            <source>{0} ends as: {1}.</source>
            <translation>{0} 的结局：{1}。</translation>
        </message>
        <message>
            <source>{0} ends at ({1}), not further than {2} away.</source>
            <translation>{0} 停在 ({1})，距离不超过 {2}。</translation>
        </message>
        <message>
            <source>{0} ends with less loss than {1}.</source>
            <translation>{0} 最终的损失小于 {1}。</translation>
        </message>
        <message>
            <source>{0} gets its loss below {1} in one step.</source>
            <translation>{0} 一步之内使损失低于 {1}。</translation>
        </message>
        <message>
            <source>{0} gets its loss below {1} within {2} steps.</source>
            <translation>{0} 在 {2} 步之内使损失低于 {1}。</translation>
        </message>
        <message>
            <source>{0} gets its loss below {1}.</source>
            <translation>{0} 使损失低于 {1}。</translation>
        </message>
        <message>
            <source>{0} is above {1}.</source>
            <translation>{0} 大于 {1}。</translation>
        </message>
        <message>
            <source>{0} is below {1}.</source>
            <translation>{0} 小于 {1}。</translation>
        </message>
        <message>
            <source>{0} is {1}.</source>
            <translation>{0} 等于 {1}。</translation>
        </message>
    </context>
    <context>
        <name>CheckBar</name>
        <message>
            <source>A gradient needs an output: choose the node that is the loss and press O.</source>
            <translation>求梯度需要一个输出：选中作为损失的节点，按 O 键。</translation>
        </message>
        <message>
            <source>Both gradients agree for every parameter.</source>
            <translation>每个参数的两种梯度都一致。</translation>
        </message>
        <message>
            <source>Numerical beside analytic gradient</source>
            <translation>数值梯度与解析梯度对照</translation>
        </message>
        <message>
            <source>Reverse mode gives all {0} numbers in 1 pass, forward mode needs {0}, central differences (f(x + h) − f(x − h)) / 2h need {1} evaluations.</source>
            <translation>反向模式一遍得到全部 {0} 个数，正向模式需要 {0} 遍，中心差分 (f(x + h) − f(x − h)) / 2h 需要 {1} 次求值。</translation>
        </message>
        <message>
            <source>The graph has no parameter; a gradient is checked for parameters.</source>
            <translation>图中没有参数；梯度检验针对参数。</translation>
        </message>
        <message>
            <source>The two gradients differ for {0}.</source>
            <translation>{0} 的两种梯度不一致。</translation>
        </message>
        <message>
            <source>analytic</source>
            <translation>解析</translation>
        </message>
        <message>
            <source>numerical</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>parameter</source>
            <translation>参数</translation>
        </message>
        <message>
            <source>relative error</source>
            <translation>相对误差</translation>
        </message>
        <message>
            <source>verdict</source>
            <translation>结论</translation>
        </message>
        <message>
            <source>{0} numbers are too many for central differences; at most {1} are checked.</source>
            <translation>{0} 个数对中心差分来说太多；最多检验 {1} 个。</translation>
        </message>
        <message>
            <source>{0}: the slopes to the left and to the right differ; there is no gradient at a kink.</source>
            <translation>{0}：左右两侧的斜率不同；在折点处没有梯度。</translation>
        </message>
        <message>
            <source>∧ kink</source>
            <translation>∧ 折点</translation>
        </message>
        <message>
            <source>✓ agrees</source>
            <translation>✓ 一致</translation>
        </message>
        <message>
            <source>✗ differs</source>
            <translation>✗ 不一致</translation>
        </message>
    </context>
    <context>
        <name>Choices</name>
        <message>
            <source>Add a node</source>
            <translation>添加节点</translation>
        </message>
        <message>
            <source>Add a node fed by {0}</source>
            <translation>添加由 {0} 输入的节点</translation>
        </message>
        <message>
            <source>Add a node that feeds {0}</source>
            <translation>添加输入到 {0} 的节点</translation>
        </message>
        <message>
            <source>Change the operation of {0}</source>
            <translation>更改 {0} 的运算</translation>
        </message>
        <message>
            <source>Connect {0} to</source>
            <translation>把 {0} 连接到</translation>
        </message>
        <message>
            <source>Insert a template</source>
            <translation>插入模板</translation>
        </message>
        <message>
            <source>open</source>
            <translation>空闲</translation>
        </message>
        <message>
            <source>wired</source>
            <translation>已连接</translation>
        </message>
    </context>
    <context>
        <name>CommandPalette</name>
        <message>
            <source>Command palette</source>
            <translation>命令面板</translation>
        </message>
        <message>
            <source>Commands</source>
            <translation>命令</translation>
        </message>
        <message>
            <source>No command has these words.</source>
            <translation>没有包含这些词的命令。</translation>
        </message>
        <message>
            <source>Not possible now</source>
            <translation>目前不可用</translation>
        </message>
        <message>
            <source>Search commands</source>
            <translation>搜索命令</translation>
        </message>
        <message>
            <source>What do you want to do?</source>
            <translation>想做什么？</translation>
        </message>
    </context>
    <context>
        <name>Computing</name>
        <message>
            <source>Computing was stopped; the next change starts it again.</source>
            <translation>计算已停止；下一次更改会重新开始。</translation>
        </message>
        <message>
            <source>The engine failed ({0}: {1}).</source>
            <translation>引擎出错（{0}：{1}）。</translation>
        </message>
    </context>
    <context>
        <name>Controls</name>
        <message>
            <source>3-D</source>
            <translation>三维</translation>
        </message>
        <message>
            <source>A line through two points of the curve: the derivative as a limit</source>
            <translation>过曲线上两点的直线：导数作为极限</translation>
        </message>
        <message>
            <source>Arrows</source>
            <translation>箭头</translation>
        </message>
        <message>
            <source>Arrows of the racer's step</source>
            <translation>选手一步的箭头</translation>
        </message>
        <message>
            <source>At the selected racer: −learning rate · gradient, what the rule adds to it, and the step</source>
            <translation>在所选选手处：−学习率·梯度、规则附加的部分，以及实际的一步</translation>
        </message>
        <message>
            <source>Blur the surface</source>
            <translation>模糊曲面</translation>
        </message>
        <message>
            <source>Colour map</source>
            <translation>配色</translation>
        </message>
        <message>
            <source>Colours follow the logarithm of the height above the lowest loss in view</source>
            <translation>颜色表示损失高出视野内最低值的对数</translation>
        </message>
        <message>
            <source>Colours follow the loss</source>
            <translation>颜色表示损失</translation>
        </message>
        <message>
            <source>Continuation: blur the surface by σ and watch its minima merge</source>
            <translation>延拓法：用 σ 模糊曲面，看极小值如何合并</translation>
        </message>
        <message>
            <source>Contours</source>
            <translation>等高线</translation>
        </message>
        <message>
            <source>Coordinate along x</source>
            <translation>x 方向的坐标</translation>
        </message>
        <message>
            <source>Coordinate along y</source>
            <translation>y 方向的坐标</translation>
        </message>
        <message>
            <source>Critical points</source>
            <translation>临界点</translation>
        </message>
        <message>
            <source>Cross-section</source>
            <translation>截面</translation>
        </message>
        <message>
            <source>Directions of steepest descent, −∇loss; longer is steeper</source>
            <translation>最速下降方向 −∇loss；越长越陡</translation>
        </message>
        <message>
            <source>Equal scale on both axes</source>
            <translation>两轴比例相同</translation>
        </message>
        <message>
            <source>Every colour covers the same area</source>
            <translation>每种颜色覆盖同样大的面积</translation>
        </message>
        <message>
            <source>From above</source>
            <translation>俯视</translation>
        </message>
        <message>
            <source>Lines of equal loss</source>
            <translation>损失相等的线</translation>
        </message>
        <message>
            <source>Loss over the step's batch</source>
            <translation>该步所用批上的损失</translation>
        </message>
        <message>
            <source>Minima, saddles and maxima in view; point at one for its curvature</source>
            <translation>视野内的极小值、鞍点与极大值；指向其一可看曲率</translation>
        </message>
        <message>
            <source>More of the landscape</source>
            <translation>曲面的更多选项</translation>
        </message>
        <message>
            <source>Other numbers give other directions</source>
            <translation>换一个数，方向就不同</translation>
        </message>
        <message>
            <source>PCA</source>
            <translation>主成分</translation>
        </message>
        <message>
            <source>Random</source>
            <translation>随机</translation>
        </message>
        <message>
            <source>Reset view</source>
            <translation>重置视图</translation>
        </message>
        <message>
            <source>Scale of the colours</source>
            <translation>颜色的刻度</translation>
        </message>
        <message>
            <source>Secant</source>
            <translation>割线</translation>
        </message>
        <message>
            <source>Seed of the random directions</source>
            <translation>随机方向的种子</translation>
        </message>
        <message>
            <source>Set view as default</source>
            <translation>设为默认视图</translation>
        </message>
        <message>
            <source>Slice follows the selected racer</source>
            <translation>切片跟随所选选手</translation>
        </message>
        <message>
            <source>Start all racers at the graph's point</source>
            <translation>所有选手从计算图的当前点出发</translation>
        </message>
        <message>
            <source>Streamlines</source>
            <translation>流线</translation>
        </message>
        <message>
            <source>Tangent plane here</source>
            <translation>此处的切平面</translation>
        </message>
        <message>
            <source>The loss along a line; Shift + drag on the map draws one</source>
            <translation>沿一条直线的损失；在地图上按 Shift 拖动即可画出</translation>
        </message>
        <message>
            <source>The other coordinates are those of the selected racer at the step shown</source>
            <translation>其他坐标取所选选手在所示步的坐标</translation>
        </message>
        <message>
            <source>The surface as a relief that can be turned</source>
            <translation>把曲面显示为可转动的立体图</translation>
        </message>
        <message>
            <source>The surface that a racer on mini-batches feels at the step shown, not that of all data</source>
            <translation>用小批量的选手在所示步感受到的曲面，而不是全部数据的曲面</translation>
        </message>
        <message>
            <source>The tangent plane with its numbers; Ctrl + click on the map shows it</source>
            <translation>切平面及其数值；在地图上按 Ctrl 单击即可显示</translation>
        </message>
        <message>
            <source>The two directions in which the race's paths spread most</source>
            <translation>竞赛的路径散布最大的两个方向</translation>
        </message>
        <message>
            <source>Two random directions, scaled filter by filter</source>
            <translation>两个随机方向，按滤波器逐一缩放</translation>
        </message>
        <message>
            <source>Where steepest descent in tiny steps would lead, along −∇loss</source>
            <translation>沿 −∇loss 以极小的步做最速下降会走到哪里</translation>
        </message>
        <message>
            <source>linear</source>
            <translation>线性</translation>
        </message>
        <message>
            <source>log</source>
            <translation>对数</translation>
        </message>
        <message>
            <source>loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>rank</source>
            <translation>排名</translation>
        </message>
        <message>
            <source>seed</source>
            <translation>种子</translation>
        </message>
    </context>
    <context>
        <name>CurvePlot</name>
        <message>
            <source>Values at the pointer</source>
            <translation>光标处的数值</translation>
        </message>
        <message>
            <source>after {0} evaluations</source>
            <translation>{0} 次求值之后</translation>
        </message>
        <message>
            <source>epoch {0}</source>
            <translation>第 {0} 轮</translation>
        </message>
        <message>
            <source>step {0}</source>
            <translation>第 {0} 步</translation>
        </message>
        <message>
            <source>… {0} more</source>
            <translation>…还有 {0} 位</translation>
        </message>
    </context>
    <context>
        <name>Curves</name>
        <message>
            <source>A logarithmic axis has no 0; a {0} of exactly 0 is drawn at its lower edge.</source>
            <translation>对数轴上没有 0；恰为 0 的{0}画在下边缘。</translation>
        </message>
        <message>
            <source>By how often all rows of data have been looked at; a batch is its part of them</source>
            <translation>按全部数据行被看过的遍数；一个批占其中的一部分</translation>
        </message>
        <message>
            <source>By the work: a gradient counts 1, one by differences 2 for each coordinate, a loss tried in a line search 1, a Hessian 1 for each coordinate</source>
            <translation>按工作量：一个梯度计 1，差分梯度每个坐标计 2，线搜索中试算的损失计 1，海森矩阵每个坐标计 1</translation>
        </message>
        <message>
            <source>Compare with previous run</source>
            <translation>与上一次比较</translation>
        </message>
        <message>
            <source>Copy numbers</source>
            <translation>复制数值</translation>
        </message>
        <message>
            <source>Distance</source>
            <translation>距离</translation>
        </message>
        <message>
            <source>Effective rate</source>
            <translation>有效学习率</translation>
        </message>
        <message>
            <source>Gradient norm</source>
            <translation>梯度范数</translation>
        </message>
        <message>
            <source>How far from the nearest known minimum; of a test function they are known</source>
            <translation>到最近的已知极小值的距离；测试函数的极小值是已知的</translation>
        </message>
        <message>
            <source>Keep the run before the last change of a racer's settings as a faint curve and trail</source>
            <translation>把选手设置最近一次更改之前的运行保留为淡色的曲线与轨迹</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>Legend</source>
            <translation>图例</translation>
        </message>
        <message>
            <source>Logarithmic on both sides of 0, linear within ±{0}.</source>
            <translation>在 0 的两侧为对数，在 ±{0} 以内为线性。</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>More of the curves</source>
            <translation>曲线的更多选项</translation>
        </message>
        <message>
            <source>Note on the curves</source>
            <translation>曲线的说明</translation>
        </message>
        <message>
            <source>One place for each step that a racer takes</source>
            <translation>选手每走一步占一个位置</translation>
        </message>
        <message>
            <source>Quantity of the curves</source>
            <translation>曲线显示的量</translation>
        </message>
        <message>
            <source>Save picture…</source>
            <translation>保存图片…</translation>
        </message>
        <message>
            <source>Scale of the curves</source>
            <translation>曲线的刻度</translation>
        </message>
        <message>
            <source>Step length</source>
            <translation>步长</translation>
        </message>
        <message>
            <source>The curves as a table, to be pasted into a spreadsheet</source>
            <translation>以表格形式复制曲线，可粘贴到电子表格</translation>
        </message>
        <message>
            <source>The length of each step over the norm of the gradient it came from</source>
            <translation>每一步的长度与其所用梯度的范数之比</translation>
        </message>
        <message>
            <source>What the curves are drawn against</source>
            <translation>曲线的横轴是什么</translation>
        </message>
        <message>
            <source>by epochs</source>
            <translation>按轮数</translation>
        </message>
        <message>
            <source>by evaluations</source>
            <translation>按求值次数</translation>
        </message>
        <message>
            <source>by step</source>
            <translation>按步数</translation>
        </message>
        <message>
            <source>exact 0 at the lower edge</source>
            <translation>恰为 0 的画在下边缘</translation>
        </message>
        <message>
            <source>linear</source>
            <translation>线性</translation>
        </message>
        <message>
            <source>log</source>
            <translation>对数</translation>
        </message>
        <message>
            <source>no minimum of this graph is known</source>
            <translation>此图的极小值未知</translation>
        </message>
        <message>
            <source>symlog axis: {0} falls below 0</source>
            <translation>对称对数轴：{0}低于 0</translation>
        </message>
        <message>
            <source>{0} of every racer against epochs</source>
            <translation>每位选手的{0}随轮数的变化</translation>
        </message>
        <message>
            <source>{0} of every racer against gradient evaluations</source>
            <translation>每位选手的{0}随梯度求值次数的变化</translation>
        </message>
        <message>
            <source>{0} of every racer against the step</source>
            <translation>每位选手的{0}随步数的变化</translation>
        </message>
        <message>
            <source>{0}, averaged</source>
            <translation>{0}（平均）</translation>
        </message>
        <message>
            <source>{0}, before</source>
            <translation>{0}（之前）</translation>
        </message>
    </context>
    <context>
        <name>DataView</name>
        <message>
            <source>Batches</source>
            <translation>批</translation>
        </message>
        <message>
            <source>Data and fit</source>
            <translation>数据与拟合</translation>
        </message>
        <message>
            <source>Fill leaves of the graph, or new ones, from the columns of a CSV file</source>
            <translation>用 CSV 文件的列填充计算图的叶节点或新的叶节点</translation>
        </message>
        <message>
            <source>Fit at the graph's own point</source>
            <translation>计算图当前点的拟合</translation>
        </message>
        <message>
            <source>Fit of {0} at step {1}</source>
            <translation>{0} 在第 {1} 步的拟合</translation>
        </message>
        <message>
            <source>Fit to the data and gradients of batches</source>
            <translation>对数据的拟合与各批的梯度</translation>
        </message>
        <message>
            <source>Gradients of batches and of all data</source>
            <translation>各批的梯度与全部数据的梯度</translation>
        </message>
        <message>
            <source>How far the gradients of batches stray</source>
            <translation>各批的梯度偏离多远</translation>
        </message>
        <message>
            <source>How many rows a batch has; its gradient strays as one over the root of it</source>
            <translation>一批有多少行；其梯度的偏离与行数的平方根成反比</translation>
        </message>
        <message>
            <source>Load CSV…</source>
            <translation>载入 CSV…</translation>
        </message>
        <message>
            <source>On the surface</source>
            <translation>在曲面上</translation>
        </message>
        <message>
            <source>Rows of a batch</source>
            <translation>一批的行数</translation>
        </message>
        <message>
            <source>Show the batches' descents on the surface, at the racer: tips as dots, that of all rows as arrow</source>
            <translation>在曲面上、选手所在处显示各批的下降方向：圆点为各批的箭尖，箭头为全部行的方向</translation>
        </message>
        <message>
            <source>Standard error of a batch's gradient against its size</source>
            <translation>批梯度的标准误差随批大小的变化</translation>
        </message>
        <message>
            <source>The engine failed.</source>
            <translation>引擎出错。</translation>
        </message>
        <message>
            <source>This graph compares no prediction of one or two inputs with targets, so there is no fit to draw.</source>
            <translation>此图没有把一两个输入的预测与目标相比较，因此没有可画的拟合。</translation>
        </message>
        <message>
            <source>Whose fit is shown</source>
            <translation>显示谁的拟合</translation>
        </message>
        <message>
            <source>gradient of all rows {0}</source>
            <translation>所有行的梯度 {0}</translation>
        </message>
        <message>
            <source>n = {0} of {1}</source>
            <translation>n = {0}，共 {1}</translation>
        </message>
        <message>
            <source>standard error {0}</source>
            <translation>标准误差 {0}</translation>
        </message>
        <message>
            <source>the loss is neither a mean nor a sum over rows, so no standard error is foretold</source>
            <translation>损失既不是各行的平均也不是总和，无法预计标准误差</translation>
        </message>
        <message>
            <source>{0:.0%} of the rows on the right side</source>
            <translation>{0:.0%} 的行在正确的一侧</translation>
        </message>
        <message>
            <source>{0} batches stray by {1}</source>
            <translation>{0} 个批偏离 {1}</translation>
        </message>
    </context>
    <context>
        <name>Docks</name>
        <message>
            <source>Data</source>
            <translation>数据</translation>
        </message>
        <message>
            <source>History</source>
            <translation>历史</translation>
        </message>
        <message>
            <source>Inspector</source>
            <translation>检查器</translation>
        </message>
        <message>
            <source>The fit to the data as it is trained, and the gradients of batches</source>
            <translation>训练中对数据的拟合，以及各批的梯度</translation>
        </message>
        <message>
            <source>The list of edits</source>
            <translation>编辑的列表</translation>
        </message>
        <message>
            <source>The selected node in full</source>
            <translation>所选节点的全部信息</translation>
        </message>
    </context>
    <context>
        <name>Explanation</name>
        <message>
            <source>The gradient here is without the random noise that this racer's steps have.</source>
            <translation>这里的梯度不含该选手各步所带的随机噪声。</translation>
        </message>
        <message>
            <source>{0} is no formula. {1}</source>
            <translation>{0} 不是公式。{1}</translation>
        </message>
        <message>
            <source>… {0} numbers</source>
            <translation>… {0} 个数</translation>
        </message>
    </context>
    <context>
        <name>Exports</name>
        <message>
            <source>Export the Graph</source>
            <translation>导出计算图</translation>
        </message>
        <message>
            <source>Formula of gdstudio</source>
            <translation>gdstudio 公式</translation>
        </message>
        <message>
            <source>JAX program</source>
            <translation>JAX 程序</translation>
        </message>
        <message>
            <source>LaTeX formulas</source>
            <translation>LaTeX 公式</translation>
        </message>
        <message>
            <source>NumPy program</source>
            <translation>NumPy 程序</translation>
        </message>
        <message>
            <source>PDF picture</source>
            <translation>PDF 图片</translation>
        </message>
        <message>
            <source>PyTorch program</source>
            <translation>PyTorch 程序</translation>
        </message>
        <message>
            <source>graph</source>
            <translation>计算图</translation>
        </message>
        <message>
            <source>{0} cannot be written: {1}</source>
            <translation>无法写入 {0}：{1}</translation>
        </message>
    </context>
    <context>
        <name>Face</name>
        <message>
            <source>A gradient of {0} comes back from {1}.</source>
            <translation>从 {1} 传回的梯度为 {0}。</translation>
        </message>
        <message>
            <source>The gradient becomes {0} here, on the way back.</source>
            <translation>反向传播时，这里的梯度成为 {0}。</translation>
        </message>
        <message>
            <source>The gradient by this exponent is undefined for this base: it has log(base), and a base is not positive. A constant is not trained, so nothing is wrong.</source>
            <translation>对于这个底数，关于该指数的梯度没有定义：其中有 log(底数)，而底数不是正数。常量不参与训练，所以并没有错误。</translation>
        </message>
        <message>
            <source>The gradient explodes: it is {0} times the output's.</source>
            <translation>梯度爆炸：是输出处的 {0} 倍。</translation>
        </message>
        <message>
            <source>The gradient vanishes: it is {0} of the largest one.</source>
            <translation>梯度消失：只有最大值的 {0}。</translation>
        </message>
        <message>
            <source>from {0}</source>
            <translation>来自 {0}</translation>
        </message>
        <message>
            <source>gradient</source>
            <translation>梯度</translation>
        </message>
        <message>
            <source>gradient {0}</source>
            <translation>梯度 {0}</translation>
        </message>
        <message>
            <source>loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>not computed</source>
            <translation>未计算</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>无</translation>
        </message>
        <message>
            <source>output</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>undef.</source>
            <translation>未定义</translation>
        </message>
        <message>
            <source>undefined</source>
            <translation>未定义</translation>
        </message>
        <message>
            <source>value</source>
            <translation>值</translation>
        </message>
        <message>
            <source>value {0}</source>
            <translation>值 {0}</translation>
        </message>
        <message>
            <source>{0} begins here: {1}.</source>
            <translation>{0} 从这里开始：{1}。</translation>
        </message>
        <message>
            <source>{0} comes from {1}.</source>
            <translation>{0} 来自 {1}。</translation>
        </message>
    </context>
    <context>
        <name>FairPage</name>
        <message>
            <source>A race between settings that nobody chose with care says little. This tunes every racer that takes part in the same way: the same number of settings, steps and starts, judged by the mean final loss.</source>
            <translation>未经用心选择的设置之间的竞赛说明不了什么。这里以同样的方式调优每位参赛选手：同样多的设置、步数和起点，以最终损失的均值评判。</translation>
        </message>
        <message>
            <source>Best found</source>
            <translation>找到的最佳值</translation>
        </message>
        <message>
            <source>Copy report</source>
            <translation>复制报告</translation>
        </message>
        <message>
            <source>Copy what was tuned, on how many steps, and from which starts</source>
            <translation>复制调优了什么、用了多少步、从哪些起点出发</translation>
        </message>
        <message>
            <source>Give every racer what was found for it</source>
            <translation>把找到的设置交给每位选手</translation>
        </message>
        <message>
            <source>How the racers were tuned</source>
            <translation>选手是如何调优的</translation>
        </message>
        <message>
            <source>Loss after</source>
            <translation>之后的损失</translation>
        </message>
        <message>
            <source>Loss before</source>
            <translation>之前的损失</translation>
        </message>
        <message>
            <source>Press “Tune” to see the best settings found for every racer.</source>
            <translation>按“调优”，查看为每个选手找到的最佳设置。</translation>
        </message>
        <message>
            <source>Race with these</source>
            <translation>用这些设置竞赛</translation>
        </message>
        <message>
            <source>Racer</source>
            <translation>选手</translation>
        </message>
        <message>
            <source>Random starts on the surface for all; 0 = the racers' own starts</source>
            <translation>所有选手共用曲面上的随机起点；0 = 选手自己的起点</translation>
        </message>
        <message>
            <source>Second hyper-parameter to tune</source>
            <translation>要一同调优的第二个超参数</translation>
        </message>
        <message>
            <source>Settings that are tried for each racer; its own is the first</source>
            <translation>每位选手尝试的设置数；第一个是它自己的</translation>
        </message>
        <message>
            <source>The racers have what was found; undo takes it back.</source>
            <translation>选手已采用找到的设置；可以撤销。</translation>
        </message>
        <message>
            <source>Tune</source>
            <translation>调优</translation>
        </message>
        <message>
            <source>Tune all racers</source>
            <translation>调优所有选手</translation>
        </message>
        <message>
            <source>Tune the learning rate and</source>
            <translation>调优学习率和</translation>
        </message>
        <message>
            <source>What was found for each racer</source>
            <translation>为每位选手找到的设置</translation>
        </message>
        <message>
            <source>diverged</source>
            <translation>发散</translation>
        </message>
        <message>
            <source>nothing else</source>
            <translation>不调其他</translation>
        </message>
        <message>
            <source>nothing to tune</source>
            <translation>没有可调的</translation>
        </message>
        <message>
            <source>random starts</source>
            <translation>随机起点数</translation>
        </message>
        <message>
            <source>settings each</source>
            <translation>每位的设置数</translation>
        </message>
        <message numerus="yes">
            <source>{0} of %n racers do better with what was found.</source>
            <translation>
                <numerusform>%n 位选手中有 {0} 位用找到的设置表现更好。</numerusform>
            </translation>
        </message>
        <message>
            <source>{0}.</source>
            <translation>{0}。</translation>
        </message>
    </context>
    <context>
        <name>FileKeeper</name>
        <message>
            <source>&amp;Cancel</source>
            <translation>取消(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Discard</source>
            <translation>放弃(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Overwrite</source>
            <translation>覆盖(&amp;O)</translation>
        </message>
        <message>
            <source>&amp;Save</source>
            <translation>保存(&amp;S)</translation>
        </message>
        <message>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <source>Changed on Disk</source>
            <translation>磁盘上的文件已改变</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Save As</source>
            <translation>另存为</translation>
        </message>
        <message>
            <source>Save the changes to “{0}”?</source>
            <translation>要保存对“{0}”的更改吗？</translation>
        </message>
        <message>
            <source>Saving here replaces what was written there.</source>
            <translation>在这里保存会替换那里写入的内容。</translation>
        </message>
        <message>
            <source>They are lost otherwise.</source>
            <translation>否则更改将会丢失。</translation>
        </message>
        <message>
            <source>Unsaved Changes</source>
            <translation>未保存的更改</translation>
        </message>
        <message>
            <source>gdstudio documents (*{0})</source>
            <translation>gdstudio 文档 (*{0})</translation>
        </message>
        <message>
            <source>{0} cannot be opened: {1}</source>
            <translation>无法打开 {0}：{1}</translation>
        </message>
        <message>
            <source>{0} cannot be written: {1}</source>
            <translation>无法写入 {0}：{1}</translation>
        </message>
        <message>
            <source>{0} was changed by another program or window.</source>
            <translation>{0} 被另一个程序或窗口更改了。</translation>
        </message>
        <message>
            <source>{0} was deleted or moved; saving writes it again.</source>
            <translation>{0} 被删除或移走了；保存会重新写入。</translation>
        </message>
        <message>
            <source>“{0}” was changed by another program or window.</source>
            <translation>“{0}”被另一个程序或窗口更改了。</translation>
        </message>
    </context>
    <context>
        <name>FolderButton</name>
        <message>
            <source>Open Folder</source>
            <translation>打开文件夹</translation>
        </message>
    </context>
    <context>
        <name>Following</name>
        <message>
            <source>{0} at step {1}</source>
            <translation>{0}，第 {1} 步</translation>
        </message>
    </context>
    <context>
        <name>FormulaBar</name>
        <message>
            <source>A name without a value is the number 1; this makes it a tensor: {0}</source>
            <translation>没有值的名称就是数 1；这样写它就成为张量：{0}</translation>
        </message>
        <message>
            <source>Edit the formula</source>
            <translation>编辑公式</translation>
        </message>
        <message>
            <source>The graph as a formula</source>
            <translation>用公式表示的计算图</translation>
        </message>
    </context>
    <context>
        <name>GradientRows</name>
        <message>
            <source>A curriculum: from the easiest rows, then all</source>
            <translation>课程学习：先从最容易的行开始，然后用全部</translation>
        </message>
        <message>
            <source>Also follow a moving average of the path, of which this part is kept at each step; 0 = none. The racer itself walks on as before.</source>
            <translation>另外跟踪路径的滑动平均，每步保留这一比例；0 = 不用。选手本身照常前进。</translation>
        </message>
        <message>
            <source>Each row drawn by itself; some come twice</source>
            <translation>每一行单独抽取；有些会重复</translation>
        </message>
        <message>
            <source>Every row once an epoch, in a new order each time</source>
            <translation>每一轮用遍所有行，每次顺序都重新打乱</translation>
        </message>
        <message>
            <source>Gradient</source>
            <translation>梯度</translation>
        </message>
        <message>
            <source>Hardness</source>
            <translation>难度</translation>
        </message>
        <message>
            <source>How many of the {0} rows of data each step sees; 0 = all of them</source>
            <translation>每步使用 {0} 行数据中的多少行；0 = 全部</translation>
        </message>
        <message>
            <source>In the order of the data, again and again</source>
            <translation>按数据的顺序，循环往复</translation>
        </message>
        <message>
            <source>In which order the rows of data come into the batches</source>
            <translation>数据的各行按什么顺序进入批</translation>
        </message>
        <message>
            <source>Order of batches</source>
            <translation>批的顺序</translation>
        </message>
        <message>
            <source>Standard deviation of random numbers added to every coordinate of the gradient; 0 = none</source>
            <translation>加到梯度每个坐标上的随机数的标准差；0 = 不加</translation>
        </message>
        <message>
            <source>The part of the rows, the easiest, from which the first batch is drawn</source>
            <translation>第一批从中抽取的那部分行（最容易的）</translation>
        </message>
        <message>
            <source>The step from which on all rows are drawn; until then the part grows evenly</source>
            <translation>从这一步起抽取所有的行；此前这一部分均匀增大</translation>
        </message>
        <message>
            <source>What says how hard a row is: its loss alone at the values in the graph, or the numbers of this data</source>
            <translation>用什么表示一行的难度：在计算图当前数值处该行单独的损失，或此数据中的数</translation>
        </message>
        <message>
            <source>Where the gradient comes from: the graph, or central differences with h = 1e−4</source>
            <translation>梯度从哪里来：计算图，或 h = 1e−4 的中心差分</translation>
        </message>
        <message>
            <source>all</source>
            <translation>全部</translation>
        </message>
        <message>
            <source>all from step</source>
            <translation>全部始于第几步</translation>
        </message>
        <message>
            <source>as they stand</source>
            <translation>原有顺序</translation>
        </message>
        <message>
            <source>at random</source>
            <translation>随机抽取</translation>
        </message>
        <message>
            <source>batch size</source>
            <translation>批大小</translation>
        </message>
        <message>
            <source>differences</source>
            <translation>差分</translation>
        </message>
        <message>
            <source>easy first</source>
            <translation>先易后难</translation>
        </message>
        <message>
            <source>easy part</source>
            <translation>容易的部分</translation>
        </message>
        <message>
            <source>exact</source>
            <translation>精确</translation>
        </message>
        <message>
            <source>hardness</source>
            <translation>难度</translation>
        </message>
        <message>
            <source>loss of the row</source>
            <translation>该行的损失</translation>
        </message>
        <message>
            <source>noise</source>
            <translation>噪声</translation>
        </message>
        <message>
            <source>order</source>
            <translation>顺序</translation>
        </message>
        <message>
            <source>path average</source>
            <translation>路径平均</translation>
        </message>
        <message>
            <source>shuffled</source>
            <translation>打乱</translation>
        </message>
        <message>
            <source>taken</source>
            <translation>取自</translation>
        </message>
    </context>
    <context>
        <name>GraphActions</name>
        <message>
            <source>Add a note</source>
            <translation>添加注释</translation>
        </message>
        <message>
            <source>Add formula</source>
            <translation>添加公式</translation>
        </message>
        <message>
            <source>Add {0}</source>
            <translation>添加 {0}</translation>
        </message>
        <message>
            <source>Arrange nodes</source>
            <translation>排列节点</translation>
        </message>
        <message>
            <source>Change {0} to {1}</source>
            <translation>把 {0} 改为 {1}</translation>
        </message>
        <message>
            <source>Connect {0} to {1}</source>
            <translation>把 {0} 连接到 {1}</translation>
        </message>
        <message>
            <source>Cut</source>
            <translation>剪切</translation>
        </message>
        <message>
            <source>Cut wires</source>
            <translation>剪断连线</translation>
        </message>
        <message>
            <source>Delete and reconnect</source>
            <translation>删除并重新连接</translation>
        </message>
        <message>
            <source>Delete frames and notes</source>
            <translation>删除框与注释</translation>
        </message>
        <message>
            <source>Delete nodes</source>
            <translation>删除节点</translation>
        </message>
        <message>
            <source>Delete the note</source>
            <translation>删除注释</translation>
        </message>
        <message>
            <source>Delete {0}</source>
            <translation>删除 {0}</translation>
        </message>
        <message>
            <source>Disconnect {0}</source>
            <translation>断开 {0}</translation>
        </message>
        <message>
            <source>Duplicate</source>
            <translation>复制一份</translation>
        </message>
        <message>
            <source>Edit the note</source>
            <translation>编辑注释</translation>
        </message>
        <message>
            <source>Frame nodes</source>
            <translation>为节点加框</translation>
        </message>
        <message>
            <source>Insert {0}</source>
            <translation>插入 {0}</translation>
        </message>
        <message>
            <source>Move nodes</source>
            <translation>移动节点</translation>
        </message>
        <message>
            <source>Move notes</source>
            <translation>移动注释</translation>
        </message>
        <message>
            <source>Move the note</source>
            <translation>移动注释</translation>
        </message>
        <message>
            <source>Move {0}</source>
            <translation>移动 {0}</translation>
        </message>
        <message>
            <source>No open input of {0} or {1} takes the other.</source>
            <translation>{0} 与 {1} 都没有空闲的输入可接对方。</translation>
        </message>
        <message>
            <source>Paste</source>
            <translation>粘贴</translation>
        </message>
        <message>
            <source>Remove the frame</source>
            <translation>移除框</translation>
        </message>
        <message>
            <source>Rename the frame</source>
            <translation>重命名框</translation>
        </message>
        <message>
            <source>Rename {0}</source>
            <translation>重命名 {0}</translation>
        </message>
        <message>
            <source>Select the nodes that the frame is for.</source>
            <translation>请先选中要加框的节点。</translation>
        </message>
        <message>
            <source>Set {0}</source>
            <translation>设置 {0}</translation>
        </message>
        <message>
            <source>Set {0} as output</source>
            <translation>把 {0} 设为输出</translation>
        </message>
        <message>
            <source>The clipboard holds neither nodes nor a formula.</source>
            <translation>剪贴板里既没有节点也没有公式。</translation>
        </message>
    </context>
    <context>
        <name>GraphEditor</name>
        <message numerus="yes">
            <source>%n node(s) selected.</source>
            <translation>
                <numerusform>已选择 %n 个节点。</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n node(s), none selected.</source>
            <translation>
                <numerusform>%n 个节点，未选中任何节点。</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;Add node…</source>
            <translation>添加节点(&amp;A)…</translation>
        </message>
        <message>
            <source>&amp;Connect output to…</source>
            <translation>把输出连接到(&amp;C)…</translation>
        </message>
        <message>
            <source>&amp;Copy the graph as</source>
            <translation>把计算图复制为(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Delete the note</source>
            <translation>删除注释(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Delete wire</source>
            <translation>删除连线(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Edit the note…</source>
            <translation>编辑注释(&amp;E)…</translation>
        </message>
        <message>
            <source>&amp;Edit value…</source>
            <translation>编辑数值(&amp;E)…</translation>
        </message>
        <message>
            <source>&amp;Frame all</source>
            <translation>显示全图(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Gradient norm layer by layer</source>
            <translation>逐层梯度范数(&amp;G)</translation>
        </message>
        <message>
            <source>&amp;Load CSV…</source>
            <translation>载入 CSV(&amp;L)…</translation>
        </message>
        <message>
            <source>&amp;Map of the graph</source>
            <translation>计算图缩略图(&amp;M)</translation>
        </message>
        <message>
            <source>&amp;Numerical beside analytic gradient</source>
            <translation>数值梯度与解析梯度对照(&amp;N)</translation>
        </message>
        <message>
            <source>&amp;Paste nodes or formula</source>
            <translation>粘贴节点或公式(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Rename the frame…</source>
            <translation>重命名框(&amp;R)…</translation>
        </message>
        <message>
            <source>&amp;Rename…</source>
            <translation>重命名(&amp;R)…</translation>
        </message>
        <message>
            <source>&amp;Select all</source>
            <translation>全选(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Select its nodes</source>
            <translation>选中其中的节点(&amp;S)</translation>
        </message>
        <message>
            <source>&amp;Value as a table…</source>
            <translation>以表格编辑数值(&amp;V)…</translation>
        </message>
        <message>
            <source>A gradient needs an output: choose the node that is the loss and press O.</source>
            <translation>求梯度需要一个输出：选中作为损失的节点，按 O 键。</translation>
        </message>
        <message>
            <source>Add a &amp;note…</source>
            <translation>添加注释(&amp;N)…</translation>
        </message>
        <message>
            <source>Auto &amp;layout</source>
            <translation>自动布局(&amp;L)</translation>
        </message>
        <message>
            <source>Change &amp;operation…</source>
            <translation>更改运算(&amp;O)…</translation>
        </message>
        <message>
            <source>Co&amp;py (as nodes and formula)</source>
            <translation>复制（节点与公式）(&amp;P)</translation>
        </message>
        <message>
            <source>Cu&amp;t</source>
            <translation>剪切(&amp;T)</translation>
        </message>
        <message>
            <source>D&amp;uplicate</source>
            <translation>复制一份(&amp;U)</translation>
        </message>
        <message>
            <source>De&amp;lete</source>
            <translation>删除(&amp;L)</translation>
        </message>
        <message>
            <source>Delete and &amp;reconnect</source>
            <translation>删除并重新连接(&amp;R)</translation>
        </message>
        <message>
            <source>E&amp;xport the graph…</source>
            <translation>导出计算图(&amp;X)…</translation>
        </message>
        <message>
            <source>Frame {0} around {1}.</source>
            <translation>框“{0}”，包围 {1}。</translation>
        </message>
        <message>
            <source>Group</source>
            <translation>组</translation>
        </message>
        <message>
            <source>Insert a &amp;template…</source>
            <translation>插入模板(&amp;T)…</translation>
        </message>
        <message>
            <source>Note: {0}</source>
            <translation>注释：{0}</translation>
        </message>
        <message>
            <source>Play for&amp;ward mode from here</source>
            <translation>从这里播放正向模式(&amp;W)</translation>
        </message>
        <message>
            <source>Put a &amp;frame around</source>
            <translation>加框(&amp;F)</translation>
        </message>
        <message>
            <source>Remove the &amp;frame, keep the nodes</source>
            <translation>移除框，保留节点(&amp;F)</translation>
        </message>
        <message>
            <source>Select &amp;downstream</source>
            <translation>选中下游(&amp;D)</translation>
        </message>
        <message>
            <source>Select &amp;upstream</source>
            <translation>选中上游(&amp;U)</translation>
        </message>
        <message>
            <source>Select {0}</source>
            <translation>选中 {0}</translation>
        </message>
        <message>
            <source>Set as &amp;output (loss)</source>
            <translation>设为输出（损失）(&amp;O)</translation>
        </message>
        <message>
            <source>Show &amp;paths between</source>
            <translation>显示两者之间的路径(&amp;P)</translation>
        </message>
        <message>
            <source>Show &amp;paths to the output</source>
            <translation>显示到输出的路径(&amp;P)</translation>
        </message>
        <message>
            <source>Show local &amp;derivatives</source>
            <translation>显示局部导数(&amp;D)</translation>
        </message>
        <message>
            <source>Text of the note</source>
            <translation>注释的文字</translation>
        </message>
        <message>
            <source>The output cannot be computed; mend the nodes with a red outline first.</source>
            <translation>输出无法计算；请先修好带红框的节点。</translation>
        </message>
        <message>
            <source>The values are still being computed; try again in a moment.</source>
            <translation>数值仍在计算中；请稍后再试。</translation>
        </message>
        <message>
            <source>There is nothing to compute yet: add a parameter and an operation.</source>
            <translation>还没有可计算的内容：请添加一个参数和一个运算。</translation>
        </message>
        <message>
            <source>Title of the frame</source>
            <translation>框的标题</translation>
        </message>
        <message>
            <source>Value of {0}</source>
            <translation>{0} 的值</translation>
        </message>
        <message>
            <source>v for {0}</source>
            <translation>{0} 的 v</translation>
        </message>
        <message>
            <source>{0} has no value yet.</source>
            <translation>{0} 还没有值。</translation>
        </message>
    </context>
    <context>
        <name>GraphKeys</name>
        <message>
            <source>100 %</source>
            <translation>100 %</translation>
        </message>
        <message>
            <source>Add a node</source>
            <translation>添加节点</translation>
        </message>
        <message>
            <source>All paths between two nodes, or from one to the output</source>
            <translation>两个节点之间的所有路径，或一个节点到输出的路径</translation>
        </message>
        <message>
            <source>Connect the output to an input</source>
            <translation>把输出连接到某个输入</translation>
        </message>
        <message>
            <source>Copy as nodes and as a formula</source>
            <translation>复制为节点和公式</translation>
        </message>
        <message>
            <source>Cut</source>
            <translation>剪切</translation>
        </message>
        <message>
            <source>Delete and reconnect</source>
            <translation>删除并重新连接</translation>
        </message>
        <message>
            <source>Delete nodes and wires</source>
            <translation>删除节点与连线</translation>
        </message>
        <message>
            <source>Duplicate</source>
            <translation>复制一份</translation>
        </message>
        <message>
            <source>Edit the value, or change the operation</source>
            <translation>编辑数值，或更改运算</translation>
        </message>
        <message>
            <source>Frame all</source>
            <translation>显示全图</translation>
        </message>
        <message>
            <source>Frame the selection, or all</source>
            <translation>显示所选部分，或全图</translation>
        </message>
        <message>
            <source>Gradient norm layer by layer</source>
            <translation>逐层梯度范数</translation>
        </message>
        <message>
            <source>Make the node the output</source>
            <translation>把节点设为输出</translation>
        </message>
        <message>
            <source>Map of the graph, where not all of it is in view</source>
            <translation>计算图缩略图（未能全部显示时）</translation>
        </message>
        <message>
            <source>Next node</source>
            <translation>下一个节点</translation>
        </message>
        <message>
            <source>Next node along the graph; with none selected, add a node</source>
            <translation>沿计算图到下一个节点；未选中时添加节点</translation>
        </message>
        <message>
            <source>Nudge down</source>
            <translation>微移：向下</translation>
        </message>
        <message>
            <source>Nudge to the left; with none selected, select one; in a film, a step back</source>
            <translation>微移：向左；未选中时选中一个；播放传播时后退一步</translation>
        </message>
        <message>
            <source>Nudge to the right; in a film, a step on</source>
            <translation>微移：向右；播放传播时前进一步</translation>
        </message>
        <message>
            <source>Nudge up</source>
            <translation>微移：向上</translation>
        </message>
        <message>
            <source>Numerical beside analytic gradient</source>
            <translation>数值梯度与解析梯度对照</translation>
        </message>
        <message>
            <source>Open the menu</source>
            <translation>打开菜单</translation>
        </message>
        <message>
            <source>Paste nodes or a formula</source>
            <translation>粘贴节点或公式</translation>
        </message>
        <message>
            <source>Play forward mode: move the leaf by 1, see what follows</source>
            <translation>播放正向模式：让叶节点移动 1，看后面如何变化</translation>
        </message>
        <message>
            <source>Previous node</source>
            <translation>上一个节点</translation>
        </message>
        <message>
            <source>Put a titled frame around the selected nodes</source>
            <translation>给所选节点加一个带标题的框</translation>
        </message>
        <message>
            <source>Rename</source>
            <translation>重命名</translation>
        </message>
        <message>
            <source>Select all</source>
            <translation>全选</translation>
        </message>
        <message>
            <source>Select everything that feeds the selection</source>
            <translation>选中所选节点的全部上游</translation>
        </message>
        <message>
            <source>Select everything that it feeds</source>
            <translation>选中所选节点的全部下游</translation>
        </message>
        <message>
            <source>Select what feeds the node</source>
            <translation>选中节点的输入来源</translation>
        </message>
        <message>
            <source>Select what the node feeds</source>
            <translation>选中节点输出到的节点</translation>
        </message>
        <message>
            <source>Show the local derivative on every wire</source>
            <translation>在每条连线上显示局部导数</translation>
        </message>
        <message>
            <source>The graph as a formula</source>
            <translation>用公式表示的计算图</translation>
        </message>
        <message>
            <source>The value as a table</source>
            <translation>以表格显示数值</translation>
        </message>
        <message>
            <source>Write a note</source>
            <translation>写一条注释</translation>
        </message>
        <message>
            <source>Zoom in</source>
            <translation>放大</translation>
        </message>
        <message>
            <source>Zoom out</source>
            <translation>缩小</translation>
        </message>
    </context>
    <context>
        <name>GraphView</name>
        <message>
            <source>Graph</source>
            <translation>计算图</translation>
        </message>
        <message>
            <source>Press Space or double-click to add a node.
Paste a formula to make a graph of it.</source>
            <translation>按空格键或双击来添加节点。
粘贴公式即可生成计算图。</translation>
        </message>
    </context>
    <context>
        <name>Guide</name>
        <message>
            <source>Step {0}: {1}</source>
            <translation>第 {0} 步：{1}</translation>
        </message>
    </context>
    <context>
        <name>Histogram</name>
        <message>
            <source>Histogram</source>
            <translation>直方图</translation>
        </message>
        <message>
            <source>{0} bars from {1} to {2}, the highest with {3} numbers</source>
            <translation>从 {1} 到 {2} 共 {0} 个柱，最高的含 {3} 个数</translation>
        </message>
    </context>
    <context>
        <name>InPlace</name>
        <message>
            <source>Name of {0}</source>
            <translation>{0} 的名称</translation>
        </message>
        <message>
            <source>Value of {0}</source>
            <translation>{0} 的值</translation>
        </message>
    </context>
    <context>
        <name>Inspector</name>
        <message>
            <source>Gradient</source>
            <translation>梯度</translation>
        </message>
        <message>
            <source>Inspector</source>
            <translation>检查器</translation>
        </message>
        <message>
            <source>Its parameters</source>
            <translation>它的参数</translation>
        </message>
        <message>
            <source>Local derivatives</source>
            <translation>局部导数</translation>
        </message>
        <message>
            <source>Paths to the output</source>
            <translation>到输出的路径</translation>
        </message>
        <message>
            <source>Select a node to see what it computes and where its gradient comes from.</source>
            <translation>选中一个节点，看它计算什么、它的梯度从哪里来。</translation>
        </message>
        <message>
            <source>The graph</source>
            <translation>计算图</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>值</translation>
        </message>
    </context>
    <context>
        <name>LandscapeView</name>
        <message>
            <source>Computing the landscape …</source>
            <translation>正在计算曲面…</translation>
        </message>
        <message>
            <source>Coordinates, loss and gradient under the mouse</source>
            <translation>鼠标处的坐标、损失与梯度</translation>
        </message>
        <message>
            <source>Landscape of the loss</source>
            <translation>损失曲面</translation>
        </message>
        <message>
            <source>The landscape appears here as soon as it is computed.</source>
            <translation>曲面计算完成后立即显示在这里。</translation>
        </message>
    </context>
    <context>
        <name>LastResort</name>
        <message>
            <source>A copy of your document could not be written: {0}.</source>
            <translation>无法写入文档的副本：{0}。</translation>
        </message>
        <message>
            <source>A copy of your document is in {0}.</source>
            <translation>文档的副本保存在 {0}。</translation>
        </message>
        <message>
            <source>It could not start.</source>
            <translation>程序无法启动。</translation>
        </message>
        <message>
            <source>Something Went Wrong</source>
            <translation>出了点问题</translation>
        </message>
        <message>
            <source>The same error happened again: {0}.</source>
            <translation>同样的错误再次发生：{0}。</translation>
        </message>
        <message>
            <source>The window is not complete. Please close it and start gdstudio again.</source>
            <translation>窗口不完整。请关闭它，然后重新启动 gdstudio。</translation>
        </message>
        <message>
            <source>What happened is written down in {0}.</source>
            <translation>所发生的情况记录在 {0}。</translation>
        </message>
        <message>
            <source>Your document is still open, and you can go on.</source>
            <translation>您的文档仍然打开着，可以继续。</translation>
        </message>
        <message>
            <source>gdstudio met an error that it did not expect: {0}</source>
            <translation>gdstudio 遇到了意料之外的错误：{0}</translation>
        </message>
    </context>
    <context>
        <name>Leaderboard</name>
        <message>
            <source>A loss to be reached; by itself it is one that every racer reaches that does not diverge</source>
            <translation>要达到的损失；自动时取每位未发散的选手都能达到的损失</translation>
        </message>
        <message>
            <source>Budget in gradient evaluations</source>
            <translation>以梯度求值次数计的预算</translation>
        </message>
        <message>
            <source>Budget, evals</source>
            <translation>预算（求值）</translation>
        </message>
        <message>
            <source>Choose the target by itself</source>
            <translation>自动选择目标</translation>
        </message>
        <message>
            <source>Compare what everybody has after so many gradient evaluations; 0 = after the whole race</source>
            <translation>比较各位在这么多次梯度求值之后的结果；0 = 整场竞赛之后</translation>
        </message>
        <message>
            <source>Leaderboard</source>
            <translation>排行榜</translation>
        </message>
        <message>
            <source>Target</source>
            <translation>目标</translation>
        </message>
        <message>
            <source>budget: {0}</source>
            <translation>预算：{0}</translation>
        </message>
        <message>
            <source>target: {0}</source>
            <translation>目标：{0}</translation>
        </message>
    </context>
    <context>
        <name>LessonBrowser</name>
        <message>
            <source>Begin: {0}</source>
            <translation>开始：{0}</translation>
        </message>
        <message>
            <source>Go on: {0}</source>
            <translation>继续：{0}</translation>
        </message>
        <message>
            <source>Lessons</source>
            <translation>课程</translation>
        </message>
        <message numerus="yes">
            <source>{0} of %n steps done</source>
            <translation>
                <numerusform>%n 步中已完成 {0} 步</numerusform>
            </translation>
        </message>
        <message>
            <source>{0} of {1} lessons finished</source>
            <translation>{1} 课中已完成 {0} 课</translation>
        </message>
    </context>
    <context>
        <name>LessonPage</name>
        <message>
            <source>&amp;Delete This Step</source>
            <translation>删除这一步(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Edit This Step…</source>
            <translation>编辑这一步(&amp;E)…</translation>
        </message>
        <message>
            <source>&amp;Presentation</source>
            <translation>演示(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Record as a New Step…</source>
            <translation>录制为新的一步(&amp;R)…</translation>
        </message>
        <message>
            <source>All lessons</source>
            <translation>全部课程</translation>
        </message>
        <message>
            <source>Back</source>
            <translation>上一步</translation>
        </message>
        <message>
            <source>Back to the step</source>
            <translation>回到本步</translation>
        </message>
        <message>
            <source>Lesson</source>
            <translation>课程</translation>
        </message>
        <message>
            <source>More</source>
            <translation>更多</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>下一步</translation>
        </message>
        <message>
            <source>Next lesson</source>
            <translation>下一课</translation>
        </message>
        <message>
            <source>Play the backward pass again</source>
            <translation>再次播放反向传播</translation>
        </message>
        <message>
            <source>Play the forward pass again</source>
            <translation>再次播放正向传播</translation>
        </message>
        <message>
            <source>Play the race again</source>
            <translation>再次播放竞赛</translation>
        </message>
        <message>
            <source>Present this lesson, or change it</source>
            <translation>演示或修改这一课</translation>
        </message>
        <message>
            <source>Show a solution</source>
            <translation>显示一个解答</translation>
        </message>
        <message>
            <source>Step {0}: {1}</source>
            <translation>第 {0} 步：{1}</translation>
        </message>
        <message>
            <source>Text of the step</source>
            <translation>步骤的文字</translation>
        </message>
        <message>
            <source>Try</source>
            <translation>试一试</translation>
        </message>
        <message>
            <source>Undo your changes: show the step as the lesson has it</source>
            <translation>撤销您的改动：按课程原样显示这一步</translation>
        </message>
        <message>
            <source>What to try</source>
            <translation>可以试试什么</translation>
        </message>
        <message>
            <source>‹ All lessons</source>
            <translation>‹ 全部课程</translation>
        </message>
    </context>
    <context>
        <name>LessonPanel</name>
        <message>
            <source>Lessons</source>
            <translation>课程</translation>
        </message>
        <message>
            <source>Make a Lesson…</source>
            <translation>制作课程…</translation>
        </message>
        <message>
            <source>Make a lesson of this document</source>
            <translation>把此文档做成课程</translation>
        </message>
        <message>
            <source>The lesson of this document cannot be shown: {0}</source>
            <translation>无法显示此文档的课程：{0}</translation>
        </message>
        <message>
            <source>What is wrong with this lesson</source>
            <translation>这一课有什么问题</translation>
        </message>
    </context>
    <context>
        <name>LevelsBar</name>
        <message>
            <source>Drag the handles to spread the colours over fewer losses; double click: all</source>
            <translation>拖动手柄可把颜色分布在更小的损失范围内；双击：全部</translation>
        </message>
    </context>
    <context>
        <name>LineView</name>
        <message>
            <source>slope {0}</source>
            <translation>斜率 {0}</translation>
        </message>
    </context>
    <context>
        <name>Loader</name>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Open</source>
            <translation>打开</translation>
        </message>
        <message>
            <source>Progress of reading the file</source>
            <translation>读取文件的进度</translation>
        </message>
        <message>
            <source>Reading {0}…</source>
            <translation>正在读取 {0}…</translation>
        </message>
    </context>
    <context>
        <name>MainWindow</name>
        <message>
            <source>&amp;Pause</source>
            <translation>暂停(&amp;P)</translation>
        </message>
        <message>
            <source>&amp;Play</source>
            <translation>播放(&amp;P)</translation>
        </message>
        <message>
            <source>A formula as nodes. Blue values flow forward to the loss, orange gradients flow back. Drag a number to change it.</source>
            <translation>以节点表示的公式。蓝色的数值正向流向损失，橙色的梯度反向流回。拖动一个数即可改变它。</translation>
        </message>
        <message>
            <source>As opened</source>
            <translation>刚打开时</translation>
        </message>
        <message>
            <source>Change title</source>
            <translation>更改标题</translation>
        </message>
        <message>
            <source>Document Title</source>
            <translation>文档标题</translation>
        </message>
        <message>
            <source>In the data view</source>
            <translation>在数据视图中</translation>
        </message>
        <message>
            <source>In the graph</source>
            <translation>在计算图中</translation>
        </message>
        <message>
            <source>In the lessons</source>
            <translation>在课程中</translation>
        </message>
        <message>
            <source>In the race</source>
            <translation>在竞赛中</translation>
        </message>
        <message>
            <source>In the surface</source>
            <translation>在曲面中</translation>
        </message>
        <message>
            <source>Lessons</source>
            <translation>课程</translation>
        </message>
        <message>
            <source>Load It</source>
            <translation>载入</translation>
        </message>
        <message>
            <source>Make the edit again</source>
            <translation>重做这次编辑</translation>
        </message>
        <message>
            <source>One row for each optimizer, its curve beside. Press F5 to play; the arrow in each row says how it does.</source>
            <translation>每个优化器一行，曲线在旁边。按 F5 播放；每行的箭头表示进展如何。</translation>
        </message>
        <message>
            <source>Opening {0}…</source>
            <translation>正在打开 {0}…</translation>
        </message>
        <message>
            <source>Take the last edit back</source>
            <translation>撤销上一次编辑</translation>
        </message>
        <message>
            <source>The graph</source>
            <translation>计算图</translation>
        </message>
        <message>
            <source>The lessons</source>
            <translation>课程</translation>
        </message>
        <message>
            <source>The loss for every choice of two parameters. Click to let all optimizers start there, or drag one start alone.</source>
            <translation>两个参数各种取值下的损失。单击可让所有优化器从那里出发，也可单独拖动一个起点。</translation>
        </message>
        <message>
            <source>The open book leads to the course, from the derivative to Adam. Every lesson is live in this window.</source>
            <translation>翻开的书通向课程，从导数到 Adam。每一课都在这个窗口中实时演示。</translation>
        </message>
        <message>
            <source>The race</source>
            <translation>竞赛</translation>
        </message>
        <message>
            <source>The surface</source>
            <translation>曲面</translation>
        </message>
        <message>
            <source>There is no unsaved work to restore.</source>
            <translation>没有可恢复的未保存工作。</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>标题</translation>
        </message>
        <message>
            <source>Undo history</source>
            <translation>撤销历史</translation>
        </message>
    </context>
    <context>
        <name>MessageBar</name>
        <message>
            <source>Close this message</source>
            <translation>关闭这条消息</translation>
        </message>
        <message>
            <source>Message</source>
            <translation>消息</translation>
        </message>
    </context>
    <context>
        <name>MiniMap</name>
        <message>
            <source>Map of the graph</source>
            <translation>计算图缩略图</translation>
        </message>
        <message>
            <source>The whole graph; click to go there (M hides the map)</source>
            <translation>整个计算图；单击可到达那里（按 M 隐藏）</translation>
        </message>
    </context>
    <context>
        <name>NodePalette</name>
        <message>
            <source>Add a node</source>
            <translation>添加节点</translation>
        </message>
        <message>
            <source>Nothing has that name.</source>
            <translation>没有这样的名称。</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Search for an operation, or type a number or a formula</source>
            <translation>搜索运算，或输入一个数或公式</translation>
        </message>
        <message>
            <source>Search, or type 3.5, w = 2, abs(x − y)</source>
            <translation>搜索，或输入 3.5、w = 2、abs(x − y)</translation>
        </message>
        <message>
            <source>Search, or type a number</source>
            <translation>搜索，或输入一个数</translation>
        </message>
        <message>
            <source>What can be added</source>
            <translation>可以添加的内容</translation>
        </message>
    </context>
    <context>
        <name>NodeSearch</name>
        <message>
            <source>W applied again and again</source>
            <translation>反复作用的 W</translation>
        </message>
        <message>
            <source>batch norm, step by step</source>
            <translation>分步的批归一化</translation>
        </message>
        <message>
            <source>constant {0}</source>
            <translation>常量 {0}</translation>
        </message>
        <message>
            <source>dense layer</source>
            <translation>全连接层</translation>
        </message>
        <message>
            <source>h = W h, as often as the number says: gradients explode or vanish</source>
            <translation>h = W h，次数由数字决定：梯度爆炸或消失</translation>
        </message>
        <message>
            <source>layers</source>
            <translation>层</translation>
        </message>
        <message>
            <source>mean and variance over the rows, then scale gamma and shift beta</source>
            <translation>对各行求均值与方差，再以 gamma 缩放、以 beta 平移</translation>
        </message>
        <message>
            <source>parameter {0}</source>
            <translation>参数 {0}</translation>
        </message>
        <message>
            <source>sigmoid chain</source>
            <translation>sigmoid 链</translation>
        </message>
        <message>
            <source>sigmoid(w · …) again and again: gradients vanish; the number is the depth</source>
            <translation>sigmoid(w · …) 一再重复：梯度消失；数字是深度</translation>
        </message>
        <message>
            <source>tanh layer, linear layer, softmax cross-entropy over two classes (exclusive or)</source>
            <translation>tanh 层、线性层、两类的 softmax 交叉熵（异或）</translation>
        </message>
        <message>
            <source>tanh(x W + b), as many units as the number says</source>
            <translation>tanh(x W + b)，单元数由数字决定</translation>
        </message>
        <message>
            <source>template</source>
            <translation>模板</translation>
        </message>
        <message>
            <source>the nodes of this formula</source>
            <translation>此公式的各节点</translation>
        </message>
        <message>
            <source>times</source>
            <translation>次</translation>
        </message>
        <message>
            <source>two-layer softmax network</source>
            <translation>两层 softmax 网络</translation>
        </message>
        <message>
            <source>units</source>
            <translation>个单元</translation>
        </message>
    </context>
    <context>
        <name>NodeShelf</name>
        <message>
            <source>Nodes to drag onto the graph</source>
            <translation>可拖到计算图上的节点</translation>
        </message>
    </context>
    <context>
        <name>NormStrip</name>
        <message>
            <source>From {0} on, the gradient is not finite.</source>
            <translation>从 {0} 起，梯度不再是有限数。</translation>
        </message>
        <message>
            <source>Gradient norm by layer</source>
            <translation>各层的梯度范数</translation>
        </message>
        <message>
            <source>Gradient norm layer by layer</source>
            <translation>逐层梯度范数</translation>
        </message>
        <message>
            <source>Largest {0} at {1}, smallest {2} at {3}</source>
            <translation>最大 {0}，在 {1}；最小 {2}，在 {3}</translation>
        </message>
        <message>
            <source>No gradient flows: choose an output that depends on a parameter.</source>
            <translation>没有梯度流动：请选择依赖于参数的输出。</translation>
        </message>
        <message>
            <source>The gradient is zero in every layer.</source>
            <translation>每一层的梯度都为零。</translation>
        </message>
        <message>
            <source>it explodes</source>
            <translation>梯度爆炸</translation>
        </message>
        <message>
            <source>it is not finite</source>
            <translation>梯度不是有限数</translation>
        </message>
        <message>
            <source>it vanishes</source>
            <translation>梯度消失</translation>
        </message>
        <message>
            <source>{0}: gradient norm {1}, layer {2} of {3}</source>
            <translation>{0}：梯度范数 {1}，第 {2} 层，共 {3} 层</translation>
        </message>
    </context>
    <context>
        <name>NoteField</name>
        <message>
            <source>A note; Ctrl+Enter accepts it</source>
            <translation>注释；按 Ctrl+Enter 确认</translation>
        </message>
    </context>
    <context>
        <name>Notice</name>
        <message>
            <source>Message</source>
            <translation>消息</translation>
        </message>
    </context>
    <context>
        <name>Numbers</name>
        <message numerus="yes">
            <source>%n number(s)</source>
            <translation>
                <numerusform>%n 个数</numerusform>
            </translation>
        </message>
        <message>
            <source>all {0}</source>
            <translation>全为 {0}</translation>
        </message>
        <message>
            <source>empty</source>
            <translation>空</translation>
        </message>
        <message>
            <source>max</source>
            <translation>最大</translation>
        </message>
        <message>
            <source>mean</source>
            <translation>均值</translation>
        </message>
        <message>
            <source>min</source>
            <translation>最小</translation>
        </message>
        <message>
            <source>std</source>
            <translation>标准差</translation>
        </message>
        <message>
            <source>{0} not finite</source>
            <translation>{0} 个非有限</translation>
        </message>
    </context>
    <context>
        <name>OptimizerCombo</name>
        <message>
            <source>Optimizer</source>
            <translation>优化器</translation>
        </message>
        <message>
            <source>Search for an optimizer</source>
            <translation>搜索优化器</translation>
        </message>
    </context>
    <context>
        <name>OptionEditor</name>
        <message>
            <source>Change {0} of {1}</source>
            <translation>更改 {1} 的 {0}</translation>
        </message>
        <message>
            <source>Hyper-parameters</source>
            <translation>超参数</translation>
        </message>
        <message>
            <source>Hyper-parameters of the selected racer</source>
            <translation>所选选手的超参数</translation>
        </message>
        <message>
            <source>Select a racer to see what its rule can be told.</source>
            <translation>选中一位选手，看它的规则有哪些可设。</translation>
        </message>
    </context>
    <context>
        <name>OptionRows</name>
        <message>
            <source>Allowed: {0}.</source>
            <translation>允许：{0}。</translation>
        </message>
        <message>
            <source>Back to the default, {0}</source>
            <translation>恢复默认值 {0}</translation>
        </message>
        <message>
            <source>Default: {0}.</source>
            <translation>默认值：{0}。</translation>
        </message>
        <message>
            <source>Numbers with commas between.</source>
            <translation>多个数之间用逗号分隔。</translation>
        </message>
        <message>
            <source>Reset {0}</source>
            <translation>重置 {0}</translation>
        </message>
        <message>
            <source>Unit: {0}.</source>
            <translation>单位：{0}。</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>off</source>
            <translation>关</translation>
        </message>
        <message>
            <source>on</source>
            <translation>开</translation>
        </message>
    </context>
    <context>
        <name>Pages</name>
        <message>
            <source>Plot of the loss; click to place a start, drag to move the map</source>
            <translation>损失曲面图；单击放置起点，拖动以移动地图</translation>
        </message>
        <message>
            <source>There is no OpenGL here, which the relief needs. The plane shows the same surface.</source>
            <translation>这里没有立体图所需的 OpenGL。平面图显示的是同一曲面。</translation>
        </message>
        <message>
            <source>Why there is no landscape</source>
            <translation>为什么没有曲面</translation>
        </message>
    </context>
    <context>
        <name>PassBar</name>
        <message>
            <source>Backward pass: reverse mode</source>
            <translation>反向传播：反向模式</translation>
        </message>
        <message>
            <source>End the pass (Esc)</source>
            <translation>结束传播 (Esc)</translation>
        </message>
        <message>
            <source>Forward mode: derivatives</source>
            <translation>正向模式：导数</translation>
        </message>
        <message>
            <source>Forward or backward pass</source>
            <translation>正向或反向传播</translation>
        </message>
        <message>
            <source>Forward pass: values</source>
            <translation>正向传播：数值</translation>
        </message>
        <message>
            <source>How fast the pass plays</source>
            <translation>播放传播的快慢</translation>
        </message>
        <message>
            <source>Next step</source>
            <translation>下一步</translation>
        </message>
        <message>
            <source>One pass of reverse mode for each number of the output, of forward mode for each of the parameters</source>
            <translation>反向模式对输出的每个数走一遍，正向模式对参数的每个数走一遍</translation>
        </message>
        <message>
            <source>Passes for all derivatives: reverse mode {0}, forward mode {1}</source>
            <translation>求全部导数的遍数：反向模式 {0}，正向模式 {1}</translation>
        </message>
        <message>
            <source>Play or pause the pass</source>
            <translation>播放或暂停传播</translation>
        </message>
        <message>
            <source>Previous step</source>
            <translation>上一步</translation>
        </message>
        <message>
            <source>The number that moves by 1</source>
            <translation>移动 1 的那个数</translation>
        </message>
        <message>
            <source>Which pass</source>
            <translation>哪一种传播</translation>
        </message>
    </context>
    <context>
        <name>Passes</name>
        <message>
            <source>How much {0} moves when {1} moves by 1.</source>
            <translation>{1} 移动 1 时，{0} 移动多少。</translation>
        </message>
        <message>
            <source>The backward pass begins at the output, whose gradient is 1 by definition: ∂{0}/∂{0} = 1</source>
            <translation>反向传播从输出开始，按定义其梯度为 1：∂{0}/∂{0} = 1</translation>
        </message>
        <message>
            <source>The backward pass begins at the output: ∂{0}/∂{0} = {1}</source>
            <translation>反向传播从输出开始：∂{0}/∂{0} = {1}</translation>
        </message>
        <message>
            <source>The backward pass begins with v at the output: ∂{0}/∂{1} = v = {2}</source>
            <translation>反向传播从输出处的 v 开始：∂{0}/∂{1} = v = {2}</translation>
        </message>
        <message>
            <source>The leaves have their values: {0}</source>
            <translation>叶节点已有数值：{0}</translation>
        </message>
        <message>
            <source>The pass begins at the leaves: {0}</source>
            <translation>传播从叶节点开始：{0}</translation>
        </message>
        <message>
            <source>{0} comes from {1} by “{2}”: {3}.</source>
            <translation>{0} 由 {1} 经“{2}”得到：{3}。</translation>
        </message>
        <message>
            <source>{0} feeds {1} directly: the output's own gradient, 1 by definition, times the local derivative.</source>
            <translation>{0} 直接输入 {1}：输出自身的梯度按定义为 1，乘以局部导数。</translation>
        </message>
        <message>
            <source>{0} moves by 1, every other leaf stands still.</source>
            <translation>{0} 移动 1，其他叶节点都不动。</translation>
        </message>
        <message>
            <source>{0} reaches {1} on {2} wires, through {3}: what comes back on them adds up.</source>
            <translation>{0} 经 {2} 条连线通过 {3} 到达 {1}：传回的量相加。</translation>
        </message>
        <message>
            <source>{0} reaches {1} through {2}: what arrives there, times the local derivative.</source>
            <translation>{0} 通过 {2} 到达 {1}：到达那里的量，乘以局部导数。</translation>
        </message>
    </context>
    <context>
        <name>PathBar</name>
        <message>
            <source>Between {0} and {1}:</source>
            <translation>{0} 与 {1} 之间：</translation>
        </message>
        <message>
            <source>One path leads from {0} to {1}; its product is {2} = {3}.</source>
            <translation>从 {0} 到 {1} 有一条路径；乘积为 {2} = {3}。</translation>
        </message>
        <message>
            <source>Paths between two nodes</source>
            <translation>两个节点之间的路径</translation>
        </message>
        <message>
            <source>local derivatives</source>
            <translation>局部导数</translation>
        </message>
        <message>
            <source>path</source>
            <translation>路径</translation>
        </message>
        <message>
            <source>product</source>
            <translation>乘积</translation>
        </message>
        <message>
            <source>sum</source>
            <translation>总和</translation>
        </message>
        <message>
            <source>{0} paths lead from {1} to {2}; their products add up to {3} = {4}.</source>
            <translation>从 {1} 到 {2} 有 {0} 条路径；它们的乘积之和为 {3} = {4}。</translation>
        </message>
    </context>
    <context>
        <name>Paths</name>
        <message>
            <source>The local derivatives on these wires are too large to be listed.</source>
            <translation>这些连线上的局部导数太大，无法列出。</translation>
        </message>
        <message>
            <source>{0} has shape {1}: the numbers are derivatives of its sum, weighted by v.</source>
            <translation>{0} 的形状为 {1}：这些数是它以 v 加权之和的导数。</translation>
        </message>
        <message>
            <source>{0} has shape {1}: the numbers are derivatives of its sum.</source>
            <translation>{0} 的形状为 {1}：这些数是它各元素之和的导数。</translation>
        </message>
    </context>
    <context>
        <name>Pictures</name>
        <message>
            <source>The picture is on the clipboard.</source>
            <translation>图片已复制到剪贴板。</translation>
        </message>
    </context>
    <context>
        <name>PlaneView</name>
        <message>
            <source>Colour bar of losses</source>
            <translation>损失的颜色条</translation>
        </message>
    </context>
    <context>
        <name>PlotView</name>
        <message>
            <source>Move start</source>
            <translation>移动起点</translation>
        </message>
        <message>
            <source>Move the graph's point</source>
            <translation>移动计算图的当前点</translation>
        </message>
        <message>
            <source>Place start</source>
            <translation>放置起点</translation>
        </message>
        <message>
            <source>Set view as default</source>
            <translation>设为默认视图</translation>
        </message>
        <message>
            <source>loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>main direction {0} ({1} % of the spread)</source>
            <translation>主方向 {0}（占散布的 {1} %）</translation>
        </message>
        <message>
            <source>random direction {0}</source>
            <translation>随机方向 {0}</translation>
        </message>
    </context>
    <context>
        <name>Podium</name>
        <message>
            <source>The best at the end: {0}</source>
            <translation>最终的优胜者：{0}</translation>
        </message>
        <message>
            <source>The race is not over</source>
            <translation>竞赛尚未结束</translation>
        </message>
    </context>
    <context>
        <name>PointModel</name>
        <message>
            <source>Coordinate</source>
            <translation>坐标</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>值</translation>
        </message>
        <message>
            <source>{0}; write one such as 0.5.</source>
            <translation>{0}；请写成 0.5 这样的数。</translation>
        </message>
    </context>
    <context>
        <name>Presets</name>
        <message>
            <source>Adaptive family</source>
            <translation>自适应家族</translation>
        </message>
        <message>
            <source>Gradient descent with several kinds of momentum</source>
            <translation>带几种动量的梯度下降</translation>
        </message>
        <message>
            <source>Learning rate too small / right / too large</source>
            <translation>学习率太小 / 合适 / 太大</translation>
        </message>
        <message>
            <source>Momentum family</source>
            <translation>动量家族</translation>
        </message>
        <message>
            <source>Right</source>
            <translation>合适</translation>
        </message>
        <message>
            <source>Rules that scale each coordinate by its own past gradients</source>
            <translation>按每个坐标自己的历史梯度缩放的规则</translation>
        </message>
        <message>
            <source>Rules that use the curvature, beside plain gradient descent</source>
            <translation>利用曲率的规则，与普通梯度下降对照</translation>
        </message>
        <message>
            <source>SGD, RMSprop, Adam, AdaDelta, AdaGrad, Adamax, NAdam and FTRL</source>
            <translation>SGD、RMSprop、Adam、AdaDelta、AdaGrad、Adamax、NAdam 和 FTRL</translation>
        </message>
        <message>
            <source>Second order</source>
            <translation>二阶方法</translation>
        </message>
        <message>
            <source>The eight of Keras</source>
            <translation>Keras 的八种</translation>
        </message>
        <message>
            <source>The selected racer three times, with 0.01, 1 and 30 times its learning rate</source>
            <translation>所选选手三份，学习率分别为 0.01、1 和 30 倍</translation>
        </message>
        <message>
            <source>Too large</source>
            <translation>太大</translation>
        </message>
        <message>
            <source>Too small</source>
            <translation>太小</translation>
        </message>
    </context>
    <context>
        <name>QuestionBox</name>
        <message>
            <source>A number</source>
            <translation>一个数</translation>
        </message>
        <message>
            <source>Check</source>
            <translation>检查</translation>
        </message>
        <message>
            <source>Check the answer</source>
            <translation>检查答案</translation>
        </message>
        <message>
            <source>Not yet.</source>
            <translation>还不对。</translation>
        </message>
        <message>
            <source>Question</source>
            <translation>问题</translation>
        </message>
        <message>
            <source>Reply</source>
            <translation>答复</translation>
        </message>
        <message>
            <source>Right.</source>
            <translation>正确。</translation>
        </message>
        <message>
            <source>Type a number, such as 2, −0.5, 4/9 or 1e-4.</source>
            <translation>输入一个数，例如 2、−0.5、4/9 或 1e-4。</translation>
        </message>
        <message>
            <source>Your answer</source>
            <translation>您的答案</translation>
        </message>
    </context>
    <context>
        <name>RaceExport</name>
        <message>
            <source>NumPy arrays and document (*.npz)</source>
            <translation>NumPy 数组与文档 (*.npz)</translation>
        </message>
        <message>
            <source>Race and document (*.json)</source>
            <translation>竞赛与文档 (*.json)</translation>
        </message>
        <message>
            <source>Save the race</source>
            <translation>保存竞赛</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Table of all steps, the document beside it (*.csv)</source>
            <translation>所有步的表格，旁附文档 (*.csv)</translation>
        </message>
        <message>
            <source>The race cannot be saved: {0}.</source>
            <translation>无法保存竞赛：{0}。</translation>
        </message>
        <message>
            <source>Writing {0} …</source>
            <translation>正在写入 {0}…</translation>
        </message>
    </context>
    <context>
        <name>RaceNumbers</name>
        <message>
            <source>; a number {0} is right</source>
            <translation>；应为{0}的数</translation>
        </message>
        <message>
            <source>; a whole number {0} is right</source>
            <translation>；应为{0}的整数</translation>
        </message>
        <message>
            <source>any number</source>
            <translation>任意数</translation>
        </message>
        <message>
            <source>at least {0}</source>
            <translation>至少为 {0}</translation>
        </message>
        <message>
            <source>at most {0}</source>
            <translation>至多为 {0}</translation>
        </message>
        <message>
            <source>from {0} to below {1}</source>
            <translation>从 {0} 到小于 {1}</translation>
        </message>
        <message>
            <source>from {0} to {1}</source>
            <translation>从 {0} 到 {1}</translation>
        </message>
        <message>
            <source>not a number</source>
            <translation>非数</translation>
        </message>
        <message>
            <source>{0} is not a whole number</source>
            <translation>{0} 不是整数</translation>
        </message>
        <message>
            <source>{0} is out of range</source>
            <translation>{0} 超出范围</translation>
        </message>
        <message>
            <source>… {0} in all</source>
            <translation>… 共 {0} 个</translation>
        </message>
    </context>
    <context>
        <name>RacePanel</name>
        <message>
            <source>A race is being saved; save this one when that is done.</source>
            <translation>正在保存一场竞赛；完成后再保存这一场。</translation>
        </message>
        <message>
            <source>Change budget</source>
            <translation>更改预算</translation>
        </message>
        <message>
            <source>Change target</source>
            <translation>更改目标</translation>
        </message>
        <message>
            <source>Message of the race</source>
            <translation>竞赛的消息</translation>
        </message>
        <message>
            <source>Race</source>
            <translation>竞赛</translation>
        </message>
        <message>
            <source>The race is being computed; save it when it is there.</source>
            <translation>竞赛正在计算中；算完后再保存。</translation>
        </message>
        <message>
            <source>There is no race to save yet; add a racer or switch one on.</source>
            <translation>还没有可保存的竞赛；请添加一位选手或让一位参赛。</translation>
        </message>
        <message>
            <source>race</source>
            <translation>竞赛</translation>
        </message>
        <message>
            <source>seed: {0}</source>
            <translation>种子：{0}</translation>
        </message>
        <message>
            <source>steps: {0}</source>
            <translation>步数：{0}</translation>
        </message>
    </context>
    <context>
        <name>RacerActions</name>
        <message>
            <source>Add racer {0}</source>
            <translation>添加选手 {0}</translation>
        </message>
        <message>
            <source>Duplicate racer {0}</source>
            <translation>复制选手 {0}</translation>
        </message>
        <message>
            <source>Move racer {0}</source>
            <translation>移动选手 {0}</translation>
        </message>
        <message>
            <source>Move start of {0}</source>
            <translation>移动 {0} 的起点</translation>
        </message>
        <message>
            <source>Preset: {0}</source>
            <translation>预设：{0}</translation>
        </message>
        <message>
            <source>Recolour {0}</source>
            <translation>更改 {0} 的颜色</translation>
        </message>
        <message>
            <source>Remove racer {0}</source>
            <translation>移除选手 {0}</translation>
        </message>
        <message>
            <source>Reset hyper-parameters of {0}</source>
            <translation>重置 {0} 的超参数</translation>
        </message>
        <message>
            <source>Spread starts of {0}</source>
            <translation>散开 {0} 的起点</translation>
        </message>
    </context>
    <context>
        <name>RacerBar</name>
        <message>
            <source>Add</source>
            <translation>添加</translation>
        </message>
        <message>
            <source>Add a racer (Insert)</source>
            <translation>添加选手 (Insert)</translation>
        </message>
        <message>
            <source>Duplicate the selected racer (Ctrl+D)</source>
            <translation>复制所选选手 (Ctrl+D)</translation>
        </message>
        <message>
            <source>Hyper-parameters</source>
            <translation>超参数</translation>
        </message>
        <message>
            <source>Leaderboard</source>
            <translation>排行榜</translation>
        </message>
        <message>
            <source>Move the racer down (Alt+↓)</source>
            <translation>把选手下移 (Alt+↓)</translation>
        </message>
        <message>
            <source>Move the racer up (Alt+↑)</source>
            <translation>把选手上移 (Alt+↑)</translation>
        </message>
        <message>
            <source>Presets</source>
            <translation>预设</translation>
        </message>
        <message>
            <source>Presets ▾</source>
            <translation>预设 ▾</translation>
        </message>
        <message>
            <source>Remove the selected racer (Delete)</source>
            <translation>移除所选选手 (Delete)</translation>
        </message>
        <message>
            <source>Replace all racers by a ready set</source>
            <translation>用一组现成的选手替换全部选手</translation>
        </message>
        <message>
            <source>Show every hyper-parameter of the selected racer</source>
            <translation>显示所选选手的全部超参数</translation>
        </message>
        <message>
            <source>Show the selected racer's rule with the numbers of the step shown</source>
            <translation>显示所选选手的规则，并代入当前步的数值</translation>
        </message>
        <message>
            <source>Show who leads: by loss, steps to a target, distance or evaluations</source>
            <translation>显示谁领先：按损失、达标步数、距离或求值次数</translation>
        </message>
        <message>
            <source>Why this step</source>
            <translation>为何这样走</translation>
        </message>
    </context>
    <context>
        <name>RacerCells</name>
        <message>
            <source>Learning rate of {0}</source>
            <translation>{0} 的学习率</translation>
        </message>
    </context>
    <context>
        <name>RacerChoice</name>
        <message>
            <source>Racer to survey</source>
            <translation>要考察的选手</translation>
        </message>
    </context>
    <context>
        <name>RacerForm</name>
        <message>
            <source>Convention</source>
            <translation>约定</translation>
        </message>
        <message>
            <source>Edit the rule…</source>
            <translation>编辑规则…</translation>
        </message>
        <message>
            <source>How the learning rate changes from step to step</source>
            <translation>学习率如何逐步变化</translation>
        </message>
        <message>
            <source>Learning rate over the steps of the race</source>
            <translation>竞赛各步的学习率</translation>
        </message>
        <message>
            <source>Learning rate over time</source>
            <translation>学习率随时间的变化</translation>
        </message>
        <message>
            <source>Own rule…</source>
            <translation>自定义规则…</translation>
        </message>
        <message>
            <source>Schedule of the learning rate</source>
            <translation>学习率调度</translation>
        </message>
        <message>
            <source>Source</source>
            <translation>来源</translation>
        </message>
        <message>
            <source>Whose defaults and details the rule follows; what is set here by hand stays</source>
            <translation>规则遵循哪个库的默认值与细节；手动设置的保持不变</translation>
        </message>
        <message>
            <source>Write an update rule of your own</source>
            <translation>编写自己的更新规则</translation>
        </message>
        <message>
            <source>Write an update rule of your own, beginning with this one, and race it at once</source>
            <translation>从这条规则出发编写自己的更新规则，并立即用它竞赛</translation>
        </message>
        <message>
            <source>as in</source>
            <translation>遵循</translation>
        </message>
        <message>
            <source>gdstudio</source>
            <translation>gdstudio</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>schedule</source>
            <translation>调度</translation>
        </message>
    </context>
    <context>
        <name>RacerMenus</name>
        <message>
            <source>9 at random (the race's seed)</source>
            <translation>随机 9 个（用竞赛的种子）</translation>
        </message>
        <message>
            <source>A grid of 3 × 3</source>
            <translation>3 × 3 网格</translation>
        </message>
        <message>
            <source>A ring of 8</source>
            <translation>一圈 8 个</translation>
        </message>
        <message>
            <source>Add racer</source>
            <translation>添加选手</translation>
        </message>
        <message>
            <source>Automatic</source>
            <translation>自动</translation>
        </message>
        <message>
            <source>Basins of attraction…</source>
            <translation>吸引域…</translation>
        </message>
        <message>
            <source>Blue</source>
            <translation>蓝色</translation>
        </message>
        <message>
            <source>Colour</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Copies from many starts</source>
            <translation>从多个起点复制</translation>
        </message>
        <message>
            <source>Duplicate</source>
            <translation>复制一份</translation>
        </message>
        <message>
            <source>Fair race…</source>
            <translation>公平竞赛…</translation>
        </message>
        <message>
            <source>Green</source>
            <translation>绿色</translation>
        </message>
        <message>
            <source>Hyper-parameters</source>
            <translation>超参数</translation>
        </message>
        <message>
            <source>Move down</source>
            <translation>下移</translation>
        </message>
        <message>
            <source>Move up</source>
            <translation>上移</translation>
        </message>
        <message>
            <source>Neutral</source>
            <translation>中性色</translation>
        </message>
        <message>
            <source>Orange</source>
            <translation>橙色</translation>
        </message>
        <message>
            <source>Other…</source>
            <translation>其他…</translation>
        </message>
        <message>
            <source>Own rule…</source>
            <translation>自定义规则…</translation>
        </message>
        <message>
            <source>Purple</source>
            <translation>紫色</translation>
        </message>
        <message>
            <source>Remove</source>
            <translation>移除</translation>
        </message>
        <message>
            <source>Rename…</source>
            <translation>重命名…</translation>
        </message>
        <message>
            <source>Reset hyper-parameters</source>
            <translation>重置超参数</translation>
        </message>
        <message>
            <source>Save the race…</source>
            <translation>保存竞赛…</translation>
        </message>
        <message>
            <source>Sky blue</source>
            <translation>天蓝色</translation>
        </message>
        <message>
            <source>Start at the graph's values</source>
            <translation>从计算图的数值出发</translation>
        </message>
        <message>
            <source>Swarm…</source>
            <translation>群体…</translation>
        </message>
        <message>
            <source>Sweep hyper-parameters…</source>
            <translation>扫描超参数…</translation>
        </message>
        <message>
            <source>Takes part</source>
            <translation>参赛</translation>
        </message>
        <message>
            <source>Vermilion</source>
            <translation>朱红色</translation>
        </message>
        <message>
            <source>Yellow</source>
            <translation>黄色</translation>
        </message>
    </context>
    <context>
        <name>RacerResult</name>
        <message>
            <source>converged</source>
            <translation>已收敛</translation>
        </message>
        <message>
            <source>diverged</source>
            <translation>发散</translation>
        </message>
        <message>
            <source>diverged at step {0}</source>
            <translation>第 {0} 步发散</translation>
        </message>
        <message>
            <source>left the region</source>
            <translation>离开了区域</translation>
        </message>
        <message>
            <source>oscillating</source>
            <translation>振荡</translation>
        </message>
        <message>
            <source>overflow</source>
            <translation>溢出</translation>
        </message>
        <message>
            <source>running</source>
            <translation>进行中</translation>
        </message>
        <message>
            <source>stalled</source>
            <translation>停滞</translation>
        </message>
        <message>
            <source>stalled on a plateau</source>
            <translation>停滞于高原</translation>
        </message>
        <message>
            <source>stalled on a saddle</source>
            <translation>停滞于鞍点</translation>
        </message>
        <message>
            <source>{0} at {1}</source>
            <translation>{0}，位于 {1}</translation>
        </message>
        <message>
            <source>{0}, {1}</source>
            <translation>{0}，{1}</translation>
        </message>
    </context>
    <context>
        <name>RacersModel</name>
        <message>
            <source> (the values in the graph)</source>
            <translation>（计算图中的数值）</translation>
        </message>
        <message>
            <source>Change learning rate of {0}</source>
            <translation>更改 {0} 的学习率</translation>
        </message>
        <message>
            <source>Change optimizer of {0}</source>
            <translation>更改 {0} 的优化器</translation>
        </message>
        <message>
            <source>Colour, dash and marker of the racer in every view</source>
            <translation>选手在各视图中的颜色、线型与标记</translation>
        </message>
        <message>
            <source>How the whole race ends for the racer</source>
            <translation>选手整场竞赛的结局</translation>
        </message>
        <message>
            <source>Hyper-parameters</source>
            <translation>超参数</translation>
        </message>
        <message>
            <source>Learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>Loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>Move start of {0}</source>
            <translation>移动 {0} 的起点</translation>
        </message>
        <message>
            <source>Optimizer</source>
            <translation>优化器</translation>
        </message>
        <message>
            <source>Racer</source>
            <translation>选手</translation>
        </message>
        <message>
            <source>Rename racer</source>
            <translation>重命名选手</translation>
        </message>
        <message>
            <source>Size of the steps: type a number, turn the wheel or drag sideways</source>
            <translation>步子的大小：输入数字、滚动滚轮或左右拖动</translation>
        </message>
        <message>
            <source>Start</source>
            <translation>起点</translation>
        </message>
        <message>
            <source>Status</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>Switch {0} off</source>
            <translation>让 {0} 退赛</translation>
        </message>
        <message>
            <source>Switch {0} on</source>
            <translation>让 {0} 参赛</translation>
        </message>
        <message>
            <source>The loss at the step shown; ★ marks the smallest</source>
            <translation>所示步的损失；★ 标出最小者</translation>
        </message>
        <message>
            <source>The racer's name</source>
            <translation>选手的名称</translation>
        </message>
        <message>
            <source>The rule's other options</source>
            <translation>规则的其他选项</translation>
        </message>
        <message>
            <source>The update rule</source>
            <translation>更新规则</translation>
        </message>
        <message>
            <source>Where the racer starts</source>
            <translation>选手的起点</translation>
        </message>
        <message>
            <source>Whether the racer takes part</source>
            <translation>选手是否参赛</translation>
        </message>
        <message>
            <source>a start needs {0} numbers with commas between, for {1}</source>
            <translation>起点需要以逗号分隔的 {0} 个数，对应 {1}</translation>
        </message>
        <message>
            <source>no result</source>
            <translation>没有结果</translation>
        </message>
        <message>
            <source>off</source>
            <translation>关</translation>
        </message>
        <message>
            <source>{0} finds its step by itself and has no learning rate</source>
            <translation>{0} 自行确定步长，没有学习率</translation>
        </message>
    </context>
    <context>
        <name>RacersTable</name>
        <message>
            <source>No racers yet: add one, or choose a preset.</source>
            <translation>还没有选手：请添加一位，或选择一个预设。</translation>
        </message>
        <message>
            <source>Racers</source>
            <translation>选手</translation>
        </message>
    </context>
    <context>
        <name>Recorder</name>
        <message>
            <source>The animation cannot be drawn.</source>
            <translation>无法绘制动画。</translation>
        </message>
        <message>
            <source>The animation cannot be written: {0}.</source>
            <translation>无法写入动画：{0}。</translation>
        </message>
    </context>
    <context>
        <name>Recovery</name>
        <message>
            <source>Unsaved changes cannot be kept against a crash: {0}</source>
            <translation>无法为未保存的更改留下防崩溃的副本：{0}</translation>
        </message>
    </context>
    <context>
        <name>RestoreDialog</name>
        <message numerus="yes">
            <source>%n node(s)</source>
            <translation>
                <numerusform>%n 个节点</numerusform>
            </translation>
        </message>
        <message numerus="yes">
            <source>%n racer(s)</source>
            <translation>
                <numerusform>%n 位选手</numerusform>
            </translation>
        </message>
        <message>
            <source>&amp;Discard</source>
            <translation>放弃(&amp;D)</translation>
        </message>
        <message>
            <source>&amp;Later</source>
            <translation>以后再说(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Restore</source>
            <translation>恢复(&amp;R)</translation>
        </message>
        <message>
            <source>Delete these changes for good</source>
            <translation>永久删除这些更改</translation>
        </message>
        <message>
            <source>Go on with this document</source>
            <translation>继续编辑此文档</translation>
        </message>
        <message>
            <source>Keep them; File, Restore Unsaved Work asks again</source>
            <translation>保留；可用“文件 ▸ 恢复未保存的工作”再次询问</translation>
        </message>
        <message>
            <source>Restore Unsaved Work</source>
            <translation>恢复未保存的工作</translation>
        </message>
        <message>
            <source>Unsaved documents</source>
            <translation>未保存的文档</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>未命名</translation>
        </message>
        <message>
            <source>gdstudio did not close as it should. These changes were not saved:</source>
            <translation>gdstudio 上次没有正常关闭。以下更改未保存：</translation>
        </message>
        <message>
            <source>never saved</source>
            <translation>从未保存</translation>
        </message>
    </context>
    <context>
        <name>RuleEditor</name>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Give the rule to the racer (Ctrl+Return)</source>
            <translation>把规则交给选手 (Ctrl+Return)</translation>
        </message>
        <message>
            <source>Line {0}: {1}</source>
            <translation>第 {0} 行：{1}</translation>
        </message>
        <message>
            <source>Lines of the rule</source>
            <translation>规则的各行</translation>
        </message>
        <message>
            <source>Name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>Name of the rule</source>
            <translation>规则的名称</translation>
        </message>
        <message>
            <source>Numbers</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>Numbers of the rule</source>
            <translation>规则的数值</translation>
        </message>
        <message>
            <source>Race it</source>
            <translation>用它竞赛</translation>
        </message>
        <message>
            <source>Race with this rule</source>
            <translation>用这条规则竞赛</translation>
        </message>
        <message>
            <source>Remembers</source>
            <translation>记忆</translation>
        </message>
        <message>
            <source>Rule of {0}</source>
            <translation>{0} 的规则</translation>
        </message>
        <message>
            <source>The lines run from top to bottom at every step and may read &lt;i&gt;x&lt;/i&gt; (the point), &lt;i&gt;g&lt;/i&gt; (the gradient there), &lt;i&gt;value&lt;/i&gt; (the loss), &lt;i&gt;t&lt;/i&gt; (the step, from 1), every number and what is remembered. Assigning &lt;i&gt;x&lt;/i&gt; or a remembered name changes it. A line may begin with &lt;code&gt;if beta &amp;gt; 0:&lt;/code&gt;. Functions: sqrt, abs, sign, exp, log, minimum, maximum, sum, mean, norm …</source>
            <translation>每一步从上到下执行各行，可以读取 &lt;i&gt;x&lt;/i&gt;（当前点）、&lt;i&gt;g&lt;/i&gt;（该处的梯度）、&lt;i&gt;value&lt;/i&gt;（损失）、&lt;i&gt;t&lt;/i&gt;（步数，从 1 起）、每个数值和所记忆的量。给 &lt;i&gt;x&lt;/i&gt; 或记忆的名称赋值即改变它。一行可以以 &lt;code&gt;if beta &amp;gt; 0:&lt;/code&gt; 开头。函数：sqrt、abs、sign、exp、log、minimum、maximum、sum、mean、norm……</translation>
        </message>
        <message>
            <source>The rule is sound.</source>
            <translation>规则没有问题。</translation>
        </message>
        <message>
            <source>The rule's hyper-parameters with their values, such as: learning_rate = 0.1, beta = 0.9</source>
            <translation>规则的超参数及其数值，例如：learning_rate = 0.1, beta = 0.9</translation>
        </message>
        <message>
            <source>What is kept from step to step, and what it begins as, such as: v = 0; s = 0</source>
            <translation>从一步保留到下一步的量及其初值，例如：v = 0; s = 0</translation>
        </message>
        <message>
            <source>What the rule remembers</source>
            <translation>规则记忆的量</translation>
        </message>
        <message>
            <source>Whether this is a rule</source>
            <translation>这是否是一条规则</translation>
        </message>
        <message>
            <source>Write rule of {0}</source>
            <translation>编写 {0} 的规则</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>无</translation>
        </message>
        <message>
            <source>{0} is no longer in the race; undo brings it back.</source>
            <translation>{0} 已不在竞赛中；撤销即可找回。</translation>
        </message>
        <message>
            <source>{0} races with this rule.</source>
            <translation>{0} 正用这条规则竞赛。</translation>
        </message>
    </context>
    <context>
        <name>RuleText</name>
        <message>
            <source>My {0}</source>
            <translation>我的 {0}</translation>
        </message>
        <message>
            <source>the rule needs a name</source>
            <translation>规则需要一个名称</translation>
        </message>
        <message>
            <source>{0} stands here twice; one of them must go</source>
            <translation>{0} 在这里出现了两次；必须去掉一个</translation>
        </message>
        <message>
            <source>“{0}” should be a name and what it begins as, such as v = 0</source>
            <translation>“{0}”应为名称及其初值，例如 v = 0</translation>
        </message>
    </context>
    <context>
        <name>Rules</name>
        <message>
            <source>Adam and its family</source>
            <translation>Adam 及其家族</translation>
        </message>
        <message>
            <source>Gradient descent and momentum</source>
            <translation>梯度下降与动量</translation>
        </message>
        <message>
            <source>Layer by layer</source>
            <translation>逐层</translation>
        </message>
        <message>
            <source>Line search and second order</source>
            <translation>线搜索与二阶方法</translation>
        </message>
        <message>
            <source>Little or nothing to tune</source>
            <translation>几乎无需调节</translation>
        </message>
        <message>
            <source>More rules</source>
            <translation>更多规则</translation>
        </message>
        <message>
            <source>Only the sign counts</source>
            <translation>只看符号</translation>
        </message>
        <message>
            <source>Scaled by squared gradients</source>
            <translation>按梯度平方缩放</translation>
        </message>
        <message>
            <source>batch {0}</source>
            <translation>批 {0}</translation>
        </message>
        <message>
            <source>differences</source>
            <translation>差分</translation>
        </message>
        <message>
            <source>drawn at random</source>
            <translation>随机抽取</translation>
        </message>
        <message>
            <source>easy rows first</source>
            <translation>先易后难</translation>
        </message>
        <message>
            <source>no {0}</source>
            <translation>无 {0}</translation>
        </message>
        <message>
            <source>noise {0}</source>
            <translation>噪声 {0}</translation>
        </message>
        <message>
            <source>path average {0}</source>
            <translation>路径平均 {0}</translation>
        </message>
        <message>
            <source>rows in order</source>
            <translation>按行顺序</translation>
        </message>
        <message>
            <source>{0} ({1})</source>
            <translation>{0}（{1}）</translation>
        </message>
        <message>
            <source>{0} schedule</source>
            <translation>{0} 调度</translation>
        </message>
    </context>
    <context>
        <name>ScheduleCurve</name>
        <message>
            <source>Learning rate from {0} at step 0 to {1} at step {2}</source>
            <translation>学习率从第 0 步的 {0} 到第 {2} 步的 {1}</translation>
        </message>
        <message>
            <source>most {0}</source>
            <translation>最大 {0}</translation>
        </message>
        <message>
            <source>{0} at step {1}</source>
            <translation>第 {1} 步为 {0}</translation>
        </message>
    </context>
    <context>
        <name>SecantBar</name>
        <message>
            <source>Distance ε of the secant's points</source>
            <translation>割线两点的距离 ε</translation>
        </message>
        <message>
            <source>Point at the curve, or select a racer.</source>
            <translation>指向曲线，或选中一位选手。</translation>
        </message>
        <message>
            <source>Slope of the secant beside that of the tangent</source>
            <translation>割线斜率与切线斜率对照</translation>
        </message>
        <message>
            <source>The distance between the secant's two points; to the right it shrinks</source>
            <translation>割线两点之间的距离；向右则缩小</translation>
        </message>
        <message>
            <source>apart by {0}</source>
            <translation>相差 {0}</translation>
        </message>
        <message>
            <source>secant {0}</source>
            <translation>割线 {0}</translation>
        </message>
        <message>
            <source>tangent {0}</source>
            <translation>切线 {0}</translation>
        </message>
    </context>
    <context>
        <name>SectionPlot</name>
        <message>
            <source>({0}): loss = {1}</source>
            <translation>({0})：损失 = {1}</translation>
        </message>
        <message>
            <source>Close the cross-section</source>
            <translation>关闭截面</translation>
        </message>
        <message>
            <source>Close the cross-section (Esc)</source>
            <translation>关闭截面 (Esc)</translation>
        </message>
        <message>
            <source>From A ({0}) to B ({1}); drag the ends on the map</source>
            <translation>从 A ({0}) 到 B ({1})；在地图上拖动两端</translation>
        </message>
        <message>
            <source>Loss along the cross-section</source>
            <translation>沿截面的损失</translation>
        </message>
        <message>
            <source>The ends of the cross-section</source>
            <translation>截面的两端</translation>
        </message>
    </context>
    <context>
        <name>SeedBar</name>
        <message>
            <source>One number for all elements, such as 1/9, or a list of the output's shape</source>
            <translation>所有元素共用一个数，如 1/9，或与输出同形状的列表</translation>
        </message>
        <message>
            <source>Ones</source>
            <translation>全 1</translation>
        </message>
        <message>
            <source>Table…</source>
            <translation>表格…</translation>
        </message>
        <message>
            <source>The numbers of v as a table</source>
            <translation>以表格编辑 v 的数值</translation>
        </message>
        <message>
            <source>Vector of the vector-Jacobian product</source>
            <translation>向量-雅可比积的向量</translation>
        </message>
        <message>
            <source>Weight every element by 1</source>
            <translation>每个元素的权重都为 1</translation>
        </message>
        <message>
            <source>v, one weight for each element of the output</source>
            <translation>v，输出的每个元素一个权重</translation>
        </message>
        <message>
            <source>{0} is a tensor of shape {1} and has no single gradient: v weights its elements, and the gradients shown are those of their weighted sum, vᵀJ.</source>
            <translation>{0} 是形状为 {1} 的张量，没有单一的梯度：v 为各元素加权，所示梯度是加权和的梯度 vᵀJ。</translation>
        </message>
    </context>
    <context>
        <name>Sentence</name>
        <message>
            <source>{0}.</source>
            <translation>{0}。</translation>
        </message>
    </context>
    <context>
        <name>Session</name>
        <message>
            <source>The engine failed ({0}: {1}).</source>
            <translation>引擎出错（{0}：{1}）。</translation>
        </message>
        <message>
            <source>Untitled</source>
            <translation>未命名</translation>
        </message>
    </context>
    <context>
        <name>SettingsDialog</name>
        <message>
            <source> s</source>
            <translation> 秒</translation>
        </message>
        <message>
            <source>Always in a new window</source>
            <translation>总在新窗口中</translation>
        </message>
        <message>
            <source>Appearance</source>
            <translation>外观</translation>
        </message>
        <message>
            <source>As the desktop is</source>
            <translation>与桌面一致</translation>
        </message>
        <message>
            <source>Dark</source>
            <translation>深色</translation>
        </message>
        <message>
            <source>Files</source>
            <translation>文件</translation>
        </message>
        <message>
            <source>In a free window, else in a new one</source>
            <translation>在空闲的窗口中，否则在新窗口中</translation>
        </message>
        <message>
            <source>Keep a copy every</source>
            <translation>保留副本的间隔</translation>
        </message>
        <message>
            <source>Larger files are refused before they take any memory</source>
            <translation>更大的文件在占用内存之前就被拒绝</translation>
        </message>
        <message>
            <source>Largest file</source>
            <translation>最大的文件</translation>
        </message>
        <message>
            <source>Light</source>
            <translation>浅色</translation>
        </message>
        <message>
            <source>Open files</source>
            <translation>打开文件</translation>
        </message>
        <message>
            <source>Reduced motion</source>
            <translation>减少动画</translation>
        </message>
        <message>
            <source>Settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>Show passes through the graph without moving dots</source>
            <translation>演示传播过程时不使用移动的圆点</translation>
        </message>
        <message>
            <source>Text size</source>
            <translation>文字大小</translation>
        </message>
        <message>
            <source>Theme</source>
            <translation>主题</translation>
        </message>
        <message>
            <source>Unsaved work</source>
            <translation>未保存的工作</translation>
        </message>
        <message>
            <source>What a crash may cost at most: changes of this many seconds</source>
            <translation>一次崩溃最多损失多少：这么多秒内的更改</translation>
        </message>
        <message>
            <source>Where files go that are opened from the desktop or a terminal</source>
            <translation>从桌面或终端打开的文件显示在哪里</translation>
        </message>
        <message>
            <source>{0} %</source>
            <translation>{0} %</translation>
        </message>
        <message>
            <source>{0} MB, {1} nodes</source>
            <translation>{0} MB，{1} 个节点</translation>
        </message>
    </context>
    <context>
        <name>SliceNote</name>
        <message>
            <source>Choose the other coordinates of the slice</source>
            <translation>选择切片的其他坐标</translation>
        </message>
        <message>
            <source>Choose the point through which the slice goes</source>
            <translation>选择切片经过的点</translation>
        </message>
        <message>
            <source>Through …</source>
            <translation>经过 …</translation>
        </message>
        <message>
            <source>Which slice of the loss is shown</source>
            <translation>显示的是损失的哪个切片</translation>
        </message>
    </context>
    <context>
        <name>SmoothBar</name>
        <message>
            <source>How far the surface is blurred; minima that are closer together merge</source>
            <translation>曲面模糊的程度；距离更近的极小值会合并</translation>
        </message>
        <message>
            <source>The surface is blurred; racers feel the sharp one.</source>
            <translation>曲面是模糊的；选手感受到的是清晰的曲面。</translation>
        </message>
        <message>
            <source>Width of the blur</source>
            <translation>模糊的宽度</translation>
        </message>
        <message>
            <source>Width σ of the blur</source>
            <translation>模糊的宽度 σ</translation>
        </message>
    </context>
    <context>
        <name>SpaceView</name>
        <message>
            <source>Relief of the loss; drag to turn, wheel to zoom</source>
            <translation>损失的立体图；拖动以转动，滚轮缩放</translation>
        </message>
    </context>
    <context>
        <name>StabilityNote</name>
        <message>
            <source>A coordinate has no scale yet, so no bound can be told.</source>
            <translation>某个坐标还没有缩放尺度，因此无法给出上界。</translation>
        </message>
        <message>
            <source>A step multiplies the way to the minimum by {0}, in the long run.</source>
            <translation>长远来看，每一步把到极小值的距离乘以 {0}。</translation>
        </message>
        <message>
            <source>For this rule no bound is known; watch the gradient norm instead.</source>
            <translation>此规则没有已知的上界；请改看梯度范数。</translation>
        </message>
        <message>
            <source>Here stable below η = {0}</source>
            <translation>此处的稳定条件：η 小于 {0}</translation>
        </message>
        <message>
            <source>Here the loss curves up in no direction, so no learning rate is too large or best.</source>
            <translation>这里损失在任何方向上都不向上弯曲，因此没有太大或最佳的学习率。</translation>
        </message>
        <message>
            <source>In another direction it curves down, and no minimum is foretold.</source>
            <translation>在另一个方向上它向下弯曲，无法预计极小值。</translation>
        </message>
        <message>
            <source>It climbs, so no learning rate brings it to rest at a minimum.</source>
            <translation>它在上升，因此没有学习率能使它停在极小值。</translation>
        </message>
        <message>
            <source>It finds the size of its steps as it goes, so the curvature here gives no bound for its learning rate.</source>
            <translation>它在运行中自行确定步长，因此此处的曲率不能给出学习率的上界。</translation>
        </message>
        <message>
            <source>It takes the length of its steps from the loss or the curvature itself, so no bound is needed.</source>
            <translation>它的步长直接取自损失或曲率，因此不需要上界。</translation>
        </message>
        <message>
            <source>Its steps do not shrink with the gradient, so no learning rate is stable; a smaller one only circles closer to the minimum.</source>
            <translation>它的步长不随梯度减小，因此没有稳定的学习率；更小的学习率只会在离极小值更近处打转。</translation>
        </message>
        <message>
            <source>Observed: the last steps multiplied the gradient by {0}.</source>
            <translation>实测：最后几步把梯度乘以 {0}。</translation>
        </message>
        <message>
            <source>Of a rule of your own nothing can be foretold; watch the gradient norm instead.</source>
            <translation>对自定义规则无法预言；请改看梯度范数。</translation>
        </message>
        <message>
            <source>Quickest at η = {0}.</source>
            <translation>η = {0} 时最快。</translation>
        </message>
        <message>
            <source>Stability of the learning rate</source>
            <translation>学习率的稳定性</translation>
        </message>
        <message>
            <source>This holds for gradients that are too short to be clipped.</source>
            <translation>这适用于短到不会被裁剪的梯度。</translation>
        </message>
        <message>
            <source>With its scales P as they are now, stable below η = {0}</source>
            <translation>按目前的缩放尺度 P，稳定条件：η 小于 {0}</translation>
        </message>
        <message>
            <source>With these scales a step multiplies the way to the minimum by {0}.</source>
            <translation>在这些尺度下，每一步把到极小值的距离乘以 {0}。</translation>
        </message>
        <message>
            <source>{0}.</source>
            <translation>{0}。</translation>
        </message>
        <message>
            <source>{0}; {1}</source>
            <translation>{0}；{1}</translation>
        </message>
        <message>
            <source>η = {0} is above, so steps grow until the scales have grown too.</source>
            <translation>η = {0} 超过上界，因此步长会增大，直到尺度也随之增大。</translation>
        </message>
        <message>
            <source>η = {0} is too large, so its steps grow.</source>
            <translation>η = {0} 太大，因此步子越来越大。</translation>
        </message>
    </context>
    <context>
        <name>Stage</name>
        <message>
            <source>step {0} of {1}</source>
            <translation>第 {0} 步，共 {1} 步</translation>
        </message>
    </context>
    <context>
        <name>StatusBar</name>
        <message>
            <source>Saved {0} in {1}</source>
            <translation>已将 {0} 保存到 {1}</translation>
        </message>
    </context>
    <context>
        <name>StepDialog</name>
        <message>
            <source>Markdown: **bold**, *italic*; formulas between $$</source>
            <translation>Markdown：**粗体**、*斜体*；公式写在 $$ 之间</translation>
        </message>
        <message>
            <source>Text</source>
            <translation>文字</translation>
        </message>
        <message>
            <source>Text of the step</source>
            <translation>步骤的文字</translation>
        </message>
        <message>
            <source>Title</source>
            <translation>标题</translation>
        </message>
        <message>
            <source>Title of the step</source>
            <translation>步骤的标题</translation>
        </message>
    </context>
    <context>
        <name>StepView</name>
        <message>
            <source>Copy the step as text</source>
            <translation>把这一步复制为文字</translation>
        </message>
        <message>
            <source>Curvature here: eigenvalues of the Hessian from {0} to {1}.</source>
            <translation>此处的曲率：海森矩阵的特征值从 {0} 到 {1}。</translation>
        </message>
        <message>
            <source>Line by line</source>
            <translation>逐行</translation>
        </message>
        <message>
            <source>One line back</source>
            <translation>后退一行</translation>
        </message>
        <message>
            <source>One line on</source>
            <translation>前进一行</translation>
        </message>
        <message>
            <source>Parameters shown</source>
            <translation>显示的参数</translation>
        </message>
        <message>
            <source>Plain gradient descent is stable below &lt;i&gt;η&lt;/i&gt; = 2/&lt;i&gt;λ&lt;/i&gt;&lt;sub&gt;max&lt;/sub&gt; = {0} and quickest at 2/(&lt;i&gt;λ&lt;/i&gt;&lt;sub&gt;min&lt;/sub&gt; + &lt;i&gt;λ&lt;/i&gt;&lt;sub&gt;max&lt;/sub&gt;) = {1}.</source>
            <translation>普通梯度下降在 &lt;i&gt;η&lt;/i&gt; = 2/&lt;i&gt;λ&lt;/i&gt;&lt;sub&gt;max&lt;/sub&gt; = {0} 以下稳定，在 2/(&lt;i&gt;λ&lt;/i&gt;&lt;sub&gt;min&lt;/sub&gt; + &lt;i&gt;λ&lt;/i&gt;&lt;sub&gt;max&lt;/sub&gt;) = {1} 时最快。</translation>
        </message>
        <message>
            <source>Select a racer to see why it takes its steps.</source>
            <translation>选中一位选手，看它为何这样走。</translation>
        </message>
        <message>
            <source>The loss curves down in a direction; in the others plain gradient descent is stable below &lt;i&gt;η&lt;/i&gt; = 2/&lt;i&gt;λ&lt;/i&gt;&lt;sub&gt;max&lt;/sub&gt; = {0}.</source>
            <translation>损失在某个方向上向下弯曲；在其他方向上，普通梯度下降在 &lt;i&gt;η&lt;/i&gt; = 2/&lt;i&gt;λ&lt;/i&gt;&lt;sub&gt;max&lt;/sub&gt; = {0} 以下稳定。</translation>
        </message>
        <message>
            <source>The rule runs on all scalars together and on each tensor by itself</source>
            <translation>规则对所有标量一起执行，对每个张量单独执行</translation>
        </message>
        <message>
            <source>The update rule with the numbers of this step</source>
            <translation>代入这一步数值的更新规则</translation>
        </message>
        <message>
            <source>This racer has taken no step.</source>
            <translation>这位选手还没有走步。</translation>
        </message>
        <message>
            <source>Walk through the rule line by line, and on into the next step</source>
            <translation>逐行走过规则，并进入下一步</translation>
        </message>
        <message>
            <source>Working out the step …</source>
            <translation>正在推算这一步…</translation>
        </message>
        <message>
            <source>after</source>
            <translation>之后</translation>
        </message>
        <message>
            <source>before</source>
            <translation>之前</translation>
        </message>
        <message>
            <source>gradient</source>
            <translation>梯度</translation>
        </message>
        <message>
            <source>step</source>
            <translation>步</translation>
        </message>
        <message>
            <source>{0}: from step {1} to {2}</source>
            <translation>{0}：从第 {1} 步到第 {2} 步</translation>
        </message>
        <message numerus="yes">
            <source>… and %n more coordinates</source>
            <translation>
                <numerusform>……以及另外 %n 个坐标</numerusform>
            </translation>
        </message>
        <message>
            <source>−step/gradient</source>
            <translation>−步/梯度</translation>
        </message>
    </context>
    <context>
        <name>Studies</name>
        <message>
            <source>No path leads from {0} to {1} or back.</source>
            <translation>{0} 与 {1} 之间没有路径。</translation>
        </message>
        <message>
            <source>Select two nodes to see the paths between them.</source>
            <translation>选中两个节点即可查看它们之间的路径。</translation>
        </message>
    </context>
    <context>
        <name>StudyBar</name>
        <message>
            <source>Close (Esc)</source>
            <translation>关闭 (Esc)</translation>
        </message>
    </context>
    <context>
        <name>SurveyPage</name>
        <message>
            <source>Progress of the survey</source>
            <translation>考察的进度</translation>
        </message>
        <message>
            <source>Racing …</source>
            <translation>正在竞赛…</translation>
        </message>
        <message>
            <source>Something else is chosen now; start again to see what it gives.</source>
            <translation>现在选择的内容已不同；请重新开始以查看其结果。</translation>
        </message>
        <message>
            <source>State of the survey</source>
            <translation>考察的状态</translation>
        </message>
        <message>
            <source>Stop</source>
            <translation>停止</translation>
        </message>
        <message>
            <source>Stop the survey</source>
            <translation>停止考察</translation>
        </message>
        <message>
            <source>Stopped before there was a result.</source>
            <translation>在有结果之前已停止。</translation>
        </message>
        <message>
            <source>Stopped; what was found so far is shown.</source>
            <translation>已停止；显示目前为止的结果。</translation>
        </message>
        <message>
            <source>The race has changed since; start again to see how it is now.</source>
            <translation>竞赛此后已有变化；请重新开始以查看现状。</translation>
        </message>
        <message>
            <source>What the survey shows</source>
            <translation>该考察显示什么</translation>
        </message>
    </context>
    <context>
        <name>SurveyWindow</name>
        <message>
            <source>Basins of attraction</source>
            <translation>吸引域</translation>
        </message>
        <message>
            <source>Fair race</source>
            <translation>公平竞赛</translation>
        </message>
        <message>
            <source>Kinds of survey</source>
            <translation>考察的种类</translation>
        </message>
        <message>
            <source>Surveys</source>
            <translation>考察</translation>
        </message>
        <message>
            <source>Swarm</source>
            <translation>群体</translation>
        </message>
        <message>
            <source>Sweep of two hyper-parameters</source>
            <translation>两个超参数的扫描</translation>
        </message>
        <message>
            <source>The language has changed; start the survey again.</source>
            <translation>语言已更改；请重新开始考察。</translation>
        </message>
    </context>
    <context>
        <name>SwarmPage</name>
        <message>
            <source>Number of racers</source>
            <translation>选手的数目</translation>
        </message>
        <message>
            <source>Pause the swarm</source>
            <translation>暂停群体</translation>
        </message>
        <message>
            <source>Play or pause</source>
            <translation>播放或暂停</translation>
        </message>
        <message>
            <source>Play the swarm</source>
            <translation>播放群体</translation>
        </message>
        <message>
            <source>Race</source>
            <translation>竞赛</translation>
        </message>
        <message>
            <source>Race the swarm</source>
            <translation>让群体竞赛</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>步</translation>
        </message>
        <message>
            <source>Step of the swarm that is shown</source>
            <translation>所示的群体步</translation>
        </message>
        <message>
            <source>The surface and every racer on it</source>
            <translation>曲面与其上的每位选手</translation>
        </message>
        <message>
            <source>Thousands of racers with the same rule, from starts all over the surface, played step by step.
Press “Race the swarm”.</source>
            <translation>数千个规则相同的选手，从曲面各处出发，逐步播放。
请按“让群体竞赛”。</translation>
        </message>
        <message>
            <source>Where the racers start</source>
            <translation>选手从哪里出发</translation>
        </message>
        <message>
            <source>a grid</source>
            <translation>网格</translation>
        </message>
        <message>
            <source>over the surface in view</source>
            <translation>，遍布视野内的曲面</translation>
        </message>
        <message>
            <source>random starts</source>
            <translation>随机起点</translation>
        </message>
        <message>
            <source>step {0} of {1}</source>
            <translation>第 {0} 步，共 {1} 步</translation>
        </message>
        <message>
            <source>times, from</source>
            <translation>次，起点为</translation>
        </message>
        <message>
            <source>{0:,} racers, {1:,} steps, {2:,} diverged.</source>
            <translation>{0:,} 位选手，{1:,} 步，{2:,} 位发散。</translation>
        </message>
        <message>
            <source>{0:,} racers, {1:,} steps.</source>
            <translation>{0:,} 位选手，{1:,} 步。</translation>
        </message>
    </context>
    <context>
        <name>SweepPage</name>
        <message>
            <source>A cell for every pair of values, coloured by how a race with them ends; a click makes a racer of it.
Press “Sweep”.</source>
            <translation>每对取值一个单元格，颜色表示用它们竞赛的结果；单击即可将其变为选手。
请按“扫描”。</translation>
        </message>
        <message>
            <source>Add racer {0}</source>
            <translation>添加选手 {0}</translation>
        </message>
        <message>
            <source>Best: {0}. Click a cell: race it.</source>
            <translation>最佳：{0}。单击一格：用它竞赛。</translation>
        </message>
        <message>
            <source>Colour bar of outcomes</source>
            <translation>结果的颜色条</translation>
        </message>
        <message>
            <source>Colours</source>
            <translation>颜色</translation>
        </message>
        <message>
            <source>Highest value along {0}</source>
            <translation>{0} 方向的最大值</translation>
        </message>
        <message>
            <source>Hyper-parameter along {0}</source>
            <translation>{0} 方向的超参数</translation>
        </message>
        <message>
            <source>Lowest value along {0}</source>
            <translation>{0} 方向的最小值</translation>
        </message>
        <message>
            <source>No setting came to a finite loss.</source>
            <translation>没有一组设置得到有限的损失。</translation>
        </message>
        <message>
            <source>Race</source>
            <translation>竞赛</translation>
        </message>
        <message>
            <source>Sweep</source>
            <translation>扫描</translation>
        </message>
        <message>
            <source>The loss to reach</source>
            <translation>要达到的损失</translation>
        </message>
        <message>
            <source>The outcome for every pair of values</source>
            <translation>每组数值的结果</translation>
        </message>
        <message>
            <source>The outcome of one cell</source>
            <translation>一格的结果</translation>
        </message>
        <message>
            <source>Values of each</source>
            <translation>各取值数</translation>
        </message>
        <message>
            <source>What the colours show</source>
            <translation>颜色表示什么</translation>
        </message>
        <message>
            <source>diverges</source>
            <translation>发散</translation>
        </message>
        <message>
            <source>loss at the end</source>
            <translation>最终损失</translation>
        </message>
        <message>
            <source>loss at the end {0}</source>
            <translation>最终损失 {0}</translation>
        </message>
        <message>
            <source>lowest loss</source>
            <translation>最低损失</translation>
        </message>
        <message>
            <source>lowest {0}</source>
            <translation>最低 {0}</translation>
        </message>
        <message>
            <source>never at the target</source>
            <translation>从未达到目标</translation>
        </message>
        <message>
            <source>nothing</source>
            <translation>无</translation>
        </message>
        <message>
            <source>over</source>
            <translation>取值数</translation>
        </message>
        <message>
            <source>steps to target</source>
            <translation>达到目标的步数</translation>
        </message>
        <message numerus="yes">
            <source>target after %n step(s)</source>
            <translation>
                <numerusform>%n 步后达到目标</numerusform>
            </translation>
        </message>
        <message>
            <source>to</source>
            <translation>到</translation>
        </message>
        <message>
            <source>x</source>
            <translation>x</translation>
        </message>
        <message>
            <source>y</source>
            <translation>y</translation>
        </message>
        <message>
            <source>★ the best cell; cells without a colour diverged or did not get there</source>
            <translation>★ 最佳的一格；没有颜色的格子发散了或未能达到</translation>
        </message>
    </context>
    <context>
        <name>TableDialog</name>
        <message numerus="yes">
            <source>%n row(s).</source>
            <translation>
                <numerusform>%n 行。</numerusform>
            </translation>
        </message>
        <message>
            <source>Click a cell of the column “Node” and say where its numbers go.</source>
            <translation>点击“节点”列的单元格，说明该列数字放到哪里。</translation>
        </message>
        <message>
            <source>Column</source>
            <translation>列</translation>
        </message>
        <message>
            <source>Columns and their nodes</source>
            <translation>各列与其节点</translation>
        </message>
        <message>
            <source>Columns with the same node stand side by side in its matrix; a new name makes a new node.</source>
            <translation>节点相同的列在其矩阵中并排；新名称会建立新节点。</translation>
        </message>
        <message>
            <source>First values</source>
            <translation>前几个值</translation>
        </message>
        <message>
            <source>Load</source>
            <translation>载入</translation>
        </message>
        <message>
            <source>Load {0}</source>
            <translation>载入 {0}</translation>
        </message>
        <message>
            <source>Node</source>
            <translation>节点</translation>
        </message>
        <message>
            <source>Something else has to change with it: {0}</source>
            <translation>还有别处需要一起改动：{0}</translation>
        </message>
        <message>
            <source>What the nodes will hold</source>
            <translation>各节点将保存的内容</translation>
        </message>
    </context>
    <context>
        <name>TableLoading</name>
        <message>
            <source>All files (*)</source>
            <translation>所有文件 (*)</translation>
        </message>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Load CSV</source>
            <translation>载入 CSV</translation>
        </message>
        <message>
            <source>Load {0}</source>
            <translation>载入 {0}</translation>
        </message>
        <message>
            <source>Loaded from {0}: {1}</source>
            <translation>已从 {0} 载入：{1}</translation>
        </message>
        <message>
            <source>Reading {0}…</source>
            <translation>正在读取 {0}…</translation>
        </message>
        <message>
            <source>Tables (*.csv *.tsv *.txt)</source>
            <translation>表格 (*.csv *.tsv *.txt)</translation>
        </message>
        <message>
            <source>{0}, {1}</source>
            <translation>{0}，{1}</translation>
        </message>
    </context>
    <context>
        <name>TensorPanel</name>
        <message>
            <source>Gradient</source>
            <translation>梯度</translation>
        </message>
        <message>
            <source>No gradient yet: it needs an output that can be computed.</source>
            <translation>还没有梯度：需要一个可以计算的输出。</translation>
        </message>
        <message>
            <source>The numbers as a table</source>
            <translation>以表格显示这些数</translation>
        </message>
        <message>
            <source>The numbers of the tensor</source>
            <translation>张量的各个数</translation>
        </message>
        <message>
            <source>Value</source>
            <translation>值</translation>
        </message>
        <message>
            <source>Value or gradient</source>
            <translation>值或梯度</translation>
        </message>
        <message>
            <source>{0}: they begin here.</source>
            <translation>{0}：从这里开始。</translation>
        </message>
        <message>
            <source>{0}: they come from {1}.</source>
            <translation>{0}：来自 {1}。</translation>
        </message>
    </context>
    <context>
        <name>TensorTable</name>
        <message>
            <source>Cancel</source>
            <translation>取消</translation>
        </message>
        <message>
            <source>Close</source>
            <translation>关闭</translation>
        </message>
        <message>
            <source>Ctrl+V pastes a block</source>
            <translation>Ctrl+V 粘贴数据块</translation>
        </message>
        <message>
            <source>Ctrl+V pastes cells from a spreadsheet</source>
            <translation>Ctrl+V 粘贴电子表格的单元格</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>Fill the node from the columns of a CSV file</source>
            <translation>用 CSV 文件的列填充该节点</translation>
        </message>
        <message>
            <source>Load CSV…</source>
            <translation>载入 CSV…</translation>
        </message>
        <message>
            <source>Rows × columns, such as 3×2; a single number makes a vector</source>
            <translation>行 × 列，如 3×2；单个数表示向量</translation>
        </message>
        <message>
            <source>Shape</source>
            <translation>形状</translation>
        </message>
        <message>
            <source>Use these numbers (Ctrl+Enter)</source>
            <translation>使用这些数 (Ctrl+Enter)</translation>
        </message>
        <message>
            <source>shape</source>
            <translation>形状</translation>
        </message>
    </context>
    <context>
        <name>ThroughDialog</name>
        <message>
            <source>Coordinates whose names contain this</source>
            <translation>名称包含此文字的坐标</translation>
        </message>
        <message>
            <source>Its Start</source>
            <translation>它的起点</translation>
        </message>
        <message>
            <source>Search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>Select a racer to take its point.</source>
            <translation>选中一名选手即可采用它的点。</translation>
        </message>
        <message>
            <source>Slice Through a Point</source>
            <translation>经过某点的切片</translation>
        </message>
        <message>
            <source>Slice through a point</source>
            <translation>经过某点的切片</translation>
        </message>
        <message>
            <source>The Graph's Own Point</source>
            <translation>计算图的当前点</translation>
        </message>
        <message>
            <source>The other coordinates of the point that the slice goes through</source>
            <translation>切片所经过的点的其他坐标</translation>
        </message>
        <message>
            <source>Where the Racer Is</source>
            <translation>选手所在处</translation>
        </message>
        <message>
            <source>Where {0} Is</source>
            <translation>{0} 所在处</translation>
        </message>
    </context>
    <context>
        <name>ToolStrip</name>
        <message>
            <source>Add a node (Space)</source>
            <translation>添加节点（空格）</translation>
        </message>
        <message>
            <source>All paths between two nodes (P)</source>
            <translation>两个节点之间的所有路径 (P)</translation>
        </message>
        <message>
            <source>Arrange the nodes in layers</source>
            <translation>把节点按层排列</translation>
        </message>
        <message>
            <source>Blue: values of the forward pass. Orange: gradients of the backward pass.</source>
            <translation>蓝色：正向传播的数值。橙色：反向传播的梯度。</translation>
        </message>
        <message>
            <source>Gradient norm layer by layer (S)</source>
            <translation>逐层梯度范数 (S)</translation>
        </message>
        <message>
            <source>Graph tools</source>
            <translation>计算图工具</translation>
        </message>
        <message>
            <source>List of all nodes, to drag from</source>
            <translation>全部节点的列表，可从中拖出</translation>
        </message>
        <message>
            <source>Local derivative on every wire (L)</source>
            <translation>每条连线上的局部导数 (L)</translation>
        </message>
        <message>
            <source>Numerical beside analytic gradient (G)</source>
            <translation>数值梯度与解析梯度对照 (G)</translation>
        </message>
        <message>
            <source>Play the backward pass</source>
            <translation>播放反向传播</translation>
        </message>
        <message>
            <source>Play the forward pass</source>
            <translation>播放正向传播</translation>
        </message>
        <message>
            <source>Show the whole graph (Home)</source>
            <translation>显示整个计算图 (Home)</translation>
        </message>
        <message>
            <source>The graph as a formula (Ctrl+K)</source>
            <translation>用公式表示的计算图 (Ctrl+K)</translation>
        </message>
        <message>
            <source>gradient</source>
            <translation>梯度</translation>
        </message>
        <message>
            <source>value</source>
            <translation>值</translation>
        </message>
        <message>
            <source>☰</source>
            <translation>☰</translation>
        </message>
    </context>
    <context>
        <name>Tour</name>
        <message>
            <source>Back</source>
            <translation>上一步</translation>
        </message>
        <message>
            <source>Done</source>
            <translation>完成</translation>
        </message>
        <message>
            <source>Next</source>
            <translation>下一步</translation>
        </message>
        <message>
            <source>Skip</source>
            <translation>跳过</translation>
        </message>
        <message>
            <source>Tour of the window</source>
            <translation>窗口导览</translation>
        </message>
        <message>
            <source>{0} of {1}</source>
            <translation>{0} / {1}</translation>
        </message>
    </context>
    <context>
        <name>Transport</name>
        <message>
            <source>1 step/s</source>
            <translation>1 步/秒</translation>
        </message>
        <message>
            <source>Back to the start (Home)</source>
            <translation>回到起点 (Home)</translation>
        </message>
        <message>
            <source>Begin again after the end</source>
            <translation>结束后重新开始</translation>
        </message>
        <message>
            <source>Change number of steps</source>
            <translation>更改步数</translation>
        </message>
        <message>
            <source>Change seed</source>
            <translation>更改种子</translation>
        </message>
        <message>
            <source>Number of steps in the race</source>
            <translation>竞赛的步数</translation>
        </message>
        <message>
            <source>One step back (←; Shift+← ten)</source>
            <translation>后退一步（←；Shift+← 退十步）</translation>
        </message>
        <message>
            <source>One step forward (→; Shift+→ ten)</source>
            <translation>前进一步（→；Shift+→ 进十步）</translation>
        </message>
        <message>
            <source>Pause</source>
            <translation>暂停</translation>
        </message>
        <message>
            <source>Pause (Space)</source>
            <translation>暂停（空格）</translation>
        </message>
        <message>
            <source>Play</source>
            <translation>播放</translation>
        </message>
        <message>
            <source>Play (Space)</source>
            <translation>播放（空格）</translation>
        </message>
        <message>
            <source>Seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>Seed of everything random in the race</source>
            <translation>竞赛中一切随机量的种子</translation>
        </message>
        <message>
            <source>Seed of everything random in the race: the same seed, the same race</source>
            <translation>竞赛中一切随机量的种子：种子相同，竞赛相同</translation>
        </message>
        <message>
            <source>Speed</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>Speed of playback</source>
            <translation>播放速度</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>步</translation>
        </message>
        <message>
            <source>Step of the race</source>
            <translation>竞赛的步</translation>
        </message>
        <message>
            <source>Step of the race that is shown everywhere</source>
            <translation>各处显示的竞赛步</translation>
        </message>
        <message>
            <source>Steps</source>
            <translation>步数</translation>
        </message>
        <message>
            <source>To the end (End)</source>
            <translation>到末尾 (End)</translation>
        </message>
        <message>
            <source>all at once</source>
            <translation>一次到底</translation>
        </message>
        <message>
            <source>step {0} of {1}</source>
            <translation>第 {0} 步，共 {1} 步</translation>
        </message>
        <message>
            <source>{0} steps/s</source>
            <translation>{0} 步/秒</translation>
        </message>
    </context>
    <context>
        <name>WelcomePage</name>
        <message>
            <source>A computation graph, its loss surface and a race of optimizers that move together.</source>
            <translation>计算图、它的损失曲面和优化器竞赛，三者联动。</translation>
        </message>
        <message>
            <source>A long, curved, flat valley</source>
            <translation>又长又弯又平的山谷</translation>
        </message>
        <message>
            <source>All Lessons</source>
            <translation>全部课程</translation>
        </message>
        <message>
            <source>Beale</source>
            <translation>Beale</translation>
        </message>
        <message>
            <source>Begin the Course</source>
            <translation>开始课程</translation>
        </message>
        <message>
            <source>Begin with</source>
            <translation>从这些开始</translation>
        </message>
        <message>
            <source>Chain rule</source>
            <translation>链式法则</translation>
        </message>
        <message>
            <source>Four minima, equally deep</source>
            <translation>四个同样深的极小值</translation>
        </message>
        <message>
            <source>From the derivative to Adam and beyond, every step live in the window.</source>
            <translation>从导数到 Adam 以及更远，每一步都在窗口中实时演示。</translation>
        </message>
        <message>
            <source>Go on with the Course</source>
            <translation>继续课程</translation>
        </message>
        <message>
            <source>Gradient Descent Studio</source>
            <translation>梯度下降工作室</translation>
        </message>
        <message>
            <source>Himmelblau</source>
            <translation>Himmelblau</translation>
        </message>
        <message>
            <source>Learn</source>
            <translation>学习</translation>
        </message>
        <message>
            <source>Line fit</source>
            <translation>直线拟合</translation>
        </message>
        <message>
            <source>Open a File…</source>
            <translation>打开文件…</translation>
        </message>
        <message>
            <source>Open a file</source>
            <translation>打开文件</translation>
        </message>
        <message>
            <source>Open {0}</source>
            <translation>打开 {0}</translation>
        </message>
        <message>
            <source>Plateaus and steep corners</source>
            <translation>高原与陡峭的角落</translation>
        </message>
        <message>
            <source>Recent files</source>
            <translation>最近的文件</translation>
        </message>
        <message>
            <source>Rosenbrock</source>
            <translation>Rosenbrock</translation>
        </message>
        <message>
            <source>Start page</source>
            <translation>起始页</translation>
        </message>
        <message>
            <source>Sum of squares</source>
            <translation>平方和</translation>
        </message>
        <message>
            <source>x0² + x1², the plainest bowl</source>
            <translation>x0² + x1²，最简单的碗</translation>
        </message>
        <message>
            <source>y = a·x + b through three points</source>
            <translation>y = a·x + b 过三个点</translation>
        </message>
        <message>
            <source>|y − (w·x + b)|, step by step</source>
            <translation>|y − (w·x + b)|，一步一步来</translation>
        </message>
    </context>
    <context>
        <name>Wishes</name>
        <message>
            <source>Blur the surface</source>
            <translation>模糊曲面</translation>
        </message>
        <message>
            <source>Choose axes</source>
            <translation>选择坐标轴</translation>
        </message>
        <message>
            <source>Choose colour map</source>
            <translation>选择配色</translation>
        </message>
        <message>
            <source>Choose colour scale</source>
            <translation>选择颜色刻度</translation>
        </message>
        <message>
            <source>Choose directions</source>
            <translation>选择方向</translation>
        </message>
        <message>
            <source>Contours</source>
            <translation>等高线</translation>
        </message>
        <message>
            <source>Critical points</source>
            <translation>临界点</translation>
        </message>
        <message>
            <source>Directions of descent</source>
            <translation>下降方向</translation>
        </message>
        <message>
            <source>Distance of the secant</source>
            <translation>割线的距离</translation>
        </message>
        <message>
            <source>Follow the racer</source>
            <translation>跟随选手</translation>
        </message>
        <message>
            <source>Levels of the colours</source>
            <translation>颜色的范围</translation>
        </message>
        <message>
            <source>Relief</source>
            <translation>立体图</translation>
        </message>
        <message>
            <source>Secant</source>
            <translation>割线</translation>
        </message>
        <message>
            <source>Start at the graph's point</source>
            <translation>从计算图的当前点出发</translation>
        </message>
    </context>
    <context>
        <name>Words</name>
        <message>
            <source>, … ({0} in all)</source>
            <translation>，…（共 {0} 个）</translation>
        </message>
        <message>
            <source>A slice along the directions in which the paths spread most; they are projected onto it.</source>
            <translation>沿路径散布最大的方向的切片；路径投影于其上。</translation>
        </message>
        <message>
            <source>A slice along two random directions through {0}; trails are projected onto it.</source>
            <translation>沿两个随机方向、过 {0} 的切片；轨迹投影于其上。</translation>
        </message>
        <message>
            <source>A slice through {0}, {1}; the trails are projected onto it.</source>
            <translation>过 {0}、{1} 的切片；轨迹投影于其上。</translation>
        </message>
        <message>
            <source>A slice: the other coordinates stay at the graph's own point, {0}.</source>
            <translation>切片：其他坐标保持在计算图的当前点 {0}。</translation>
        </message>
        <message>
            <source>A slice: the other coordinates stay at {0}.</source>
            <translation>切片：其他坐标保持在 {0}。</translation>
        </message>
        <message>
            <source>Click: all start there</source>
            <translation>单击：所有选手从那里出发</translation>
        </message>
        <message>
            <source>Click: the graph goes there</source>
            <translation>单击：计算图移到那里</translation>
        </message>
        <message>
            <source>Click: {0} starts there</source>
            <translation>单击：{0} 从那里出发</translation>
        </message>
        <message>
            <source>Ctrl + click: tangent plane</source>
            <translation>Ctrl + 单击：切平面</translation>
        </message>
        <message>
            <source>Double click: reset</source>
            <translation>双击：重置</translation>
        </message>
        <message>
            <source>Drag: move along the axis</source>
            <translation>拖动：沿坐标轴移动</translation>
        </message>
        <message>
            <source>Drag: move the map</source>
            <translation>拖动：移动地图</translation>
        </message>
        <message>
            <source>Drag: turn</source>
            <translation>拖动：转动</translation>
        </message>
        <message>
            <source>Middle button: move</source>
            <translation>中键：移动</translation>
        </message>
        <message>
            <source>Shift + drag: cross-section</source>
            <translation>Shift + 拖动：截面</translation>
        </message>
        <message>
            <source>Starts stay where they are: these axes turn with every path.</source>
            <translation>起点保持不动：这些坐标轴随每条路径转动。</translation>
        </message>
        <message>
            <source>The loss is not a finite number anywhere in this region; zoom out or move on.</source>
            <translation>损失在这个区域内处处不是有限数；请缩小或移到别处。</translation>
        </message>
        <message>
            <source>Trails are projected onto it.</source>
            <translation>轨迹投影于其上。</translation>
        </message>
        <message>
            <source>Wheel: zoom</source>
            <translation>滚轮：缩放</translation>
        </message>
        <message>
            <source>a kink</source>
            <translation>折点</translation>
        </message>
        <message>
            <source>curvature {0}</source>
            <translation>曲率 {0}</translation>
        </message>
        <message>
            <source>loss = {0}</source>
            <translation>损失 = {0}</translation>
        </message>
        <message>
            <source>maximum</source>
            <translation>极大值</translation>
        </message>
        <message>
            <source>minimum</source>
            <translation>极小值</translation>
        </message>
        <message>
            <source>saddle</source>
            <translation>鞍点</translation>
        </message>
        <message>
            <source>slope = {0}</source>
            <translation>斜率 = {0}</translation>
        </message>
        <message>
            <source>the chosen point</source>
            <translation>所选的点</translation>
        </message>
        <message>
            <source>the graph's own point</source>
            <translation>计算图的当前点</translation>
        </message>
        <message>
            <source>the loss is not a finite number here</source>
            <translation>损失在这里不是有限数</translation>
        </message>
        <message>
            <source>→ the racer's step</source>
            <translation>→ 选手的一步</translation>
        </message>
        <message>
            <source>→ −velocity</source>
            <translation>→ −速度</translation>
        </message>
        <message>
            <source>→ −η·∇loss</source>
            <translation>→ −η·∇loss</translation>
        </message>
        <message>
            <source>→ −∇loss</source>
            <translation>→ −∇loss</translation>
        </message>
        <message>
            <source>∇loss = ({0})</source>
            <translation>∇loss = ({0})</translation>
        </message>
        <message>
            <source>╌ what the rule adds</source>
            <translation>╌ 规则另加的部分</translation>
        </message>
        <message>
            <source>◌ root of squared gradients</source>
            <translation>◌ 梯度平方的根</translation>
        </message>
    </context>
    <context>
        <name>WorkField</name>
        <message>
            <source>Computing</source>
            <translation>正在计算</translation>
        </message>
        <message>
            <source>Computing…</source>
            <translation>正在计算…</translation>
        </message>
        <message>
            <source>Stop computing</source>
            <translation>停止计算</translation>
        </message>
    </context>
    <context>
        <name>_NodeCells</name>
        <message>
            <source>Node of the column</source>
            <translation>该列的节点</translation>
        </message>
    </context>
    <context>
        <name>commands</name>
        <message>
            <source>({0}) at the end</source>
            <translation>终点 ({0})</translation>
        </message>
        <message>
            <source>All that gdstudio needs is here.</source>
            <translation>gdstudio 所需的一切都已具备。</translation>
        </message>
        <message>
            <source>Computation graphs, their loss surfaces and races of optimizers, in one window.</source>
            <translation>在一个窗口中展示计算图、损失曲面与优化器竞赛。</translation>
        </message>
        <message>
            <source>MISSING</source>
            <translation>缺少</translation>
        </message>
        <message>
            <source>No screen here: {0}. Drawing the window to {1} instead.</source>
            <translation>这里没有屏幕：{0}。改为将窗口绘制到 {1}。</translation>
        </message>
        <message>
            <source>QT_QPA_PLATFORM is {0}</source>
            <translation>QT_QPA_PLATFORM 为 {0}</translation>
        </message>
        <message>
            <source>Qt on {0}</source>
            <translation>{0} 上的 Qt</translation>
        </message>
        <message>
            <source>Without a command, gdstudio [FILE] opens the window.</source>
            <translation>不带命令时，gdstudio [FILE] 打开窗口。</translation>
        </message>
        <message>
            <source>a document, or the name of a bundled one such as rosenbrock</source>
            <translation>一个文档，或内置文档的名称，例如 rosenbrock</translation>
        </message>
        <message>
            <source>absent</source>
            <translation>没有</translation>
        </message>
        <message>
            <source>all there</source>
            <translation>齐全</translation>
        </message>
        <message>
            <source>arguments</source>
            <translation>参数</translation>
        </message>
        <message>
            <source>best loss</source>
            <translation>最小损失</translation>
        </message>
        <message>
            <source>did not start within {0} seconds</source>
            <translation>{0} 秒内未能启动</translation>
        </message>
        <message>
            <source>draw a picture; needs no screen</source>
            <translation>绘制图片；不需要屏幕</translation>
        </message>
        <message>
            <source>ended with status {0}</source>
            <translation>以状态 {0} 结束</translation>
        </message>
        <message>
            <source>filming</source>
            <translation>制作动画</translation>
        </message>
        <message>
            <source>fonts</source>
            <translation>字体</translation>
        </message>
        <message>
            <source>for a window</source>
            <translation>窗口所需</translation>
        </message>
        <message>
            <source>frames per second of a film (20)</source>
            <translation>动画每秒的帧数（20）</translation>
        </message>
        <message>
            <source>from</source>
            <translation>从</translation>
        </message>
        <message>
            <source>gdstudio render draws pictures without one</source>
            <translation>gdstudio render 无需屏幕即可绘制图片</translation>
        </message>
        <message>
            <source>gradient</source>
            <translation>梯度</translation>
        </message>
        <message>
            <source>in the package</source>
            <translation>在程序包中</translation>
        </message>
        <message>
            <source>install gdstudio again</source>
            <translation>请重新安装 gdstudio</translation>
        </message>
        <message>
            <source>interrupted</source>
            <translation>已中断</translation>
        </message>
        <message>
            <source>local derivative</source>
            <translation>局部导数</translation>
        </message>
        <message>
            <source>loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>made when a setting is first saved</source>
            <translation>首次保存设置时创建</translation>
        </message>
        <message>
            <source>missing {0}</source>
            <translation>缺少 {0}</translation>
        </message>
        <message>
            <source>name</source>
            <translation>名称</translation>
        </message>
        <message>
            <source>neither DISPLAY nor WAYLAND_DISPLAY is set</source>
            <translation>DISPLAY 和 WAYLAND_DISPLAY 均未设置</translation>
        </message>
        <message>
            <source>no Wayland display answers at {0}, and DISPLAY is not set</source>
            <translation>{0} 处没有 Wayland 显示响应，且未设置 DISPLAY</translation>
        </message>
        <message>
            <source>no X display answers at {0}</source>
            <translation>{0} 处没有 X 显示响应</translation>
        </message>
        <message>
            <source>node</source>
            <translation>节点</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>none found</source>
            <translation>未找到</translation>
        </message>
        <message>
            <source>not enough memory for this</source>
            <translation>内存不足</translation>
        </message>
        <message>
            <source>not installed</source>
            <translation>未安装</translation>
        </message>
        <message>
            <source>not usable here</source>
            <translation>此处不可用</translation>
        </message>
        <message>
            <source>ok</source>
            <translation>正常</translation>
        </message>
        <message>
            <source>open a window even where one that runs could show FILE</source>
            <translation>即使已运行的窗口可以显示 FILE，也打开新窗口</translation>
        </message>
        <message>
            <source>open the window</source>
            <translation>打开窗口</translation>
        </message>
        <message>
            <source>operation</source>
            <translation>运算</translation>
        </message>
        <message>
            <source>options</source>
            <translation>选项</translation>
        </message>
        <message>
            <source>packaged</source>
            <translation>打包版</translation>
        </message>
        <message>
            <source>pixels (1600x1000)</source>
            <translation>像素（1600x1000）</translation>
        </message>
        <message>
            <source>play every step and try every challenge</source>
            <translation>播放每一步并尝试每个挑战</translation>
        </message>
        <message>
            <source>print JSON</source>
            <translation>输出 JSON</translation>
        </message>
        <message>
            <source>print the course, or check that its lessons can be gone through</source>
            <translation>列出课程，或检查其中的课能否顺利完成</translation>
        </message>
        <message>
            <source>print values, gradients and local derivatives of every node</source>
            <translation>输出每个节点的值、梯度和局部导数</translation>
        </message>
        <message>
            <source>print what there is</source>
            <translation>列出可用的内容</translation>
        </message>
        <message>
            <source>racer</source>
            <translation>参赛者</translation>
        </message>
        <message>
            <source>racing</source>
            <translation>竞赛中</translation>
        </message>
        <message>
            <source>resources</source>
            <translation>资源</translation>
        </message>
        <message>
            <source>run the race and print the leaderboard</source>
            <translation>运行竞赛并输出排行榜</translation>
        </message>
        <message>
            <source>screen</source>
            <translation>屏幕</translation>
        </message>
        <message>
            <source>settings</source>
            <translation>设置</translation>
        </message>
        <message>
            <source>show the version and exit</source>
            <translation>显示版本并退出</translation>
        </message>
        <message>
            <source>show this help and exit</source>
            <translation>显示此帮助并退出</translation>
        </message>
        <message>
            <source>slot</source>
            <translation>输入</translation>
        </message>
        <message>
            <source>status</source>
            <translation>状态</translation>
        </message>
        <message>
            <source>steps</source>
            <translation>步数</translation>
        </message>
        <message>
            <source>steps per frame of a film (for about 120 frames)</source>
            <translation>动画每帧的步数（约 120 帧）</translation>
        </message>
        <message>
            <source>steps, instead of the document's</source>
            <translation>步数，代替文档中的步数</translation>
        </message>
        <message>
            <source>system</source>
            <translation>系统</translation>
        </message>
        <message>
            <source>system libraries</source>
            <translation>系统库</translation>
        </message>
        <message>
            <source>tell what is installed, what Qt can use here, and what is missing</source>
            <translation>说明安装了什么、Qt 在此可用什么以及缺少什么</translation>
        </message>
        <message>
            <source>the file to write: .png, .svg or .pdf</source>
            <translation>要写入的文件：.png、.svg 或 .pdf</translation>
        </message>
        <message>
            <source>the step of the race to show (the last)</source>
            <translation>要显示的竞赛步（最后一步）</translation>
        </message>
        <message>
            <source>there</source>
            <translation>有</translation>
        </message>
        <message>
            <source>this system</source>
            <translation>本系统</translation>
        </message>
        <message>
            <source>title</source>
            <translation>标题</translation>
        </message>
        <message>
            <source>to</source>
            <translation>到</translation>
        </message>
        <message>
            <source>unexpected {0}: {1} (python -X dev -m gdstudio shows where)</source>
            <translation>意外的 {0}：{1}（python -X dev -m gdstudio 会指出位置）</translation>
        </message>
        <message>
            <source>unpack or install gdstudio again</source>
            <translation>请重新解压或安装 gdstudio</translation>
        </message>
        <message>
            <source>usage: </source>
            <translation>用法：</translation>
        </message>
        <message>
            <source>value</source>
            <translation>值</translation>
        </message>
        <message>
            <source>what</source>
            <translation>内容</translation>
        </message>
        <message>
            <source>why</source>
            <translation>原因</translation>
        </message>
        <message>
            <source>without it the 3-D view stays off; everything else works</source>
            <translation>没有它三维视图不可用；其余一切正常</translation>
        </message>
        <message>
            <source>works, Qt {0}</source>
            <translation>可用，Qt {0}</translation>
        </message>
        <message>
            <source>write every racer at every step to F (- for standard output)</source>
            <translation>将每个参赛者的每一步写入 F（- 表示标准输出）</translation>
        </message>
        <message>
            <source>write the playback of the race: .gif or .webp</source>
            <translation>写入竞赛的动画：.gif 或 .webp</translation>
        </message>
        <message>
            <source>write the race and what it takes to run it again: .csv, .json or .npz</source>
            <translation>写入竞赛及重新运行所需的内容：.csv、.json 或 .npz</translation>
        </message>
        <message>
            <source>{0} (gdstudio doctor tells what is missing)</source>
            <translation>{0}（gdstudio doctor 会说明缺少什么）</translation>
        </message>
        <message>
            <source>{0} lesson, {1} broken</source>
            <translation>{0} 课，有问题的：{1}</translation>
        </message>
        <message>
            <source>{0} lessons, {1} broken</source>
            <translation>{0} 课，有问题的：{1}</translation>
        </message>
        <message>
            <source>{0} missing: {1}.</source>
            <translation>缺少 {0} 项：{1}。</translation>
        </message>
        <message>
            <source>{0} shows the window.</source>
            <translation>{0} 显示了窗口。</translation>
        </message>
        <message>
            <source>{0}, but it does not load: {1}</source>
            <translation>{0}，但无法加载：{1}</translation>
        </message>
        <message>
            <source>{0}.</source>
            <translation>{0}。</translation>
        </message>
        <message>
            <source>{0}: {1}</source>
            <translation>{0}：{1}</translation>
        </message>
    </context>
    <context>
        <name>dialogs</name>
        <message>
            <source>About gdstudio</source>
            <translation>关于 gdstudio</translation>
        </message>
        <message>
            <source>Computation graphs, their loss surfaces and races of optimizers, in one window.</source>
            <translation>在一个窗口中展示计算图、损失曲面与优化器竞赛。</translation>
        </message>
        <message>
            <source>Everywhere</source>
            <translation>各处通用</translation>
        </message>
        <message>
            <source>Free software under the MIT licence.</source>
            <translation>自由软件，采用 MIT 许可证。</translation>
        </message>
        <message>
            <source>Gradient Descent Studio</source>
            <translation>梯度下降工作室</translation>
        </message>
        <message>
            <source>In the graph</source>
            <translation>在计算图中</translation>
        </message>
        <message>
            <source>Keyboard Shortcuts</source>
            <translation>键盘快捷键</translation>
        </message>
        <message>
            <source>Play or pause, where no button has the focus</source>
            <translation>播放或暂停（焦点不在按钮上时）</translation>
        </message>
        <message>
            <source>Space</source>
            <translation>空格</translation>
        </message>
    </context>
    <context>
        <name>engine</name>
        <message>
            <source>"{0}" cannot be a name; a name begins with a letter and has letters, digits and _</source>
            <translation>"{0}" 不能作名称；名称以字母开头，由字母、数字和 _ 组成</translation>
        </message>
        <message>
            <source>"{0}" cannot be read as a number; write it with digits and one decimal point only, such as 1234.5</source>
            <translation>"{0}" 无法读作数；请只用数字和一个小数点书写，例如 1234.5</translation>
        </message>
        <message>
            <source>"{0}" has no open input to put into the wire</source>
            <translation>"{0}" 没有空闲的输入可接入连线</translation>
        </message>
        <message>
            <source>"{0}" is not a finite number; the column "{1}" holds numbers</source>
            <translation>"{0}" 不是有限的数；列 "{1}" 中是数</translation>
        </message>
        <message>
            <source>** is not allowed in a call</source>
            <translation>调用中不允许使用 **</translation>
        </message>
        <message>
            <source>--csv - and --json would mix on standard output; give --csv a file</source>
            <translation>--csv - 与 --json 会在标准输出上混在一起；请给 --csv 一个文件</translation>
        </message>
        <message>
            <source>--every and --rate are for a film; --animate says where it goes</source>
            <translation>--every 和 --rate 只用于动画；用 --animate 指定写入哪里</translation>
        </message>
        <message>
            <source>--step is for a picture; a film shows every step, or each of --every</source>
            <translation>--step 只用于图片；动画会显示每一步，或按 --every 的间隔</translation>
        </message>
        <message>
            <source>.{0} is not part of the formula language (only .T is)</source>
            <translation>.{0} 不属于公式语言（只有 .T 属于）</translation>
        </message>
        <message>
            <source>1 / (1 + exp(−x))</source>
            <translation>1 / (1 + exp(−x))</translation>
        </message>
        <message>
            <source>1 = a straight line</source>
            <translation>1 = 直线</translation>
        </message>
        <message>
            <source>1 where a &lt; b, else 0</source>
            <translation>a &lt; b 处为 1，否则为 0</translation>
        </message>
        <message>
            <source>1 where a &gt; b, else 0</source>
            <translation>a &gt; b 处为 1，否则为 0</translation>
        </message>
        <message>
            <source>1 where a equals b, else 0</source>
            <translation>a 等于 b 处为 1，否则为 0</translation>
        </message>
        <message>
            <source>1 − erf(x), exact in the tail</source>
            <translation>1 − erf(x)，在尾部也精确</translation>
        </message>
        <message>
            <source>; did you mean {0}?</source>
            <translation>；是否指 {0}？</translation>
        </message>
        <message>
            <source>A bowl with small ripples: momentum rolls through them, small plain steps stop in one.</source>
            <translation>带小波纹的碗：动量能滚过去，普通的小步会停在其中一个。</translation>
        </message>
        <message>
            <source>A cell holds one number such as 2.5.</source>
            <translation>一个单元格里是一个数，例如 2.5。</translation>
        </message>
        <message>
            <source>A degenerate saddle: gradient and Hessian both vanish in the middle.</source>
            <translation>退化的鞍点：中间的梯度和海森矩阵都为零。</translation>
        </message>
        <message>
            <source>A flat floor with steep walls at the corners, and a saddle at (0, 1) on the way.</source>
            <translation>平坦的底面，角上是陡壁，途中 (0, 1) 处有一个鞍点。</translation>
        </message>
        <message>
            <source>A flat plate between quartic walls: a learning rate that is right at the bottom explodes from afar.</source>
            <translation>四次墙之间的平板：在谷底合适的学习率，从远处出发会爆炸。</translation>
        </message>
        <message>
            <source>A flat rippled plain around a funnel, with a cusp at its bottom.</source>
            <translation>漏斗周围是带波纹的平原，底部有一个尖点。</translation>
        </message>
        <message>
            <source>A gradient of 75 on the cliff's face flings an unclipped step far away; clipping cures it.</source>
            <translation>悬崖面上 75 的梯度会把未裁剪的一步甩得很远；裁剪可以治愈。</translation>
        </message>
        <message>
            <source>A gradient step plus a share of the last move, like a ball with mass.</source>
            <translation>梯度的一步加上前一次移动的一部分，像有质量的球。</translation>
        </message>
        <message>
            <source>A learning rate below 1 converges, 1 jumps to and fro for ever, above 1 diverges.</source>
            <translation>学习率小于 1 收敛，等于 1 永远来回跳动，大于 1 发散。</translation>
        </message>
        <message>
            <source>A list needs at least one number, such as [1, 2, 3].</source>
            <translation>列表至少要有一个数，例如 [1, 2, 3]。</translation>
        </message>
        <message>
            <source>A local minimum on the way to the global one: plain descent stays, momentum may roll on; blurred by σ ≥ 1/√2 it is convex.</source>
            <translation>通往全局极小值的途中有一个局部极小值：普通下降会停住，动量可能继续滚动；以 σ ≥ 1/√2 模糊后它是凸的。</translation>
        </message>
        <message>
            <source>A long flat valley whose second, higher minimum catches whoever comes from above.</source>
            <translation>平坦的长谷，第二个较高的极小值会捕获从上方来的参赛者。</translation>
        </message>
        <message>
            <source>A narrow curved valley: finding it is easy, following it to (1, 1) is not.</source>
            <translation>狭窄弯曲的山谷：找到它容易，沿着它走到 (1, 1) 不易。</translation>
        </message>
        <message>
            <source>A nearly flat diagonal valley of condition number 25.</source>
            <translation>条件数为 25、近乎平坦的对角山谷。</translation>
        </message>
        <message>
            <source>A needle in a plateau: away from it the gradient vanishes.</source>
            <translation>平原中的一根针：远离它梯度便消失。</translation>
        </message>
        <message>
            <source>A recurrent net applies w ten times: gradients vanish where |w| &lt; 1 and explode where |w| &gt; 1.</source>
            <translation>循环网络将 w 应用十次：|w| &lt; 1 处梯度消失，|w| &gt; 1 处梯度爆炸。</translation>
        </message>
        <message>
            <source>A robust loss: the gradient decays as 1/r³, so far out nothing moves.</source>
            <translation>一种稳健损失：梯度按 1/r³ 衰减，因此远处什么都不动。</translation>
        </message>
        <message>
            <source>A saddle between two minima: the number of steps to leave it can be counted.</source>
            <translation>两个极小值之间的鞍点：离开它所需的步数可以数出来。</translation>
        </message>
        <message>
            <source>A saturated neuron with a squared loss: a plateau on the left, and on the right no minimum, only ever less.</source>
            <translation>带平方损失的饱和神经元：左边是平原，右边没有极小值，只是越来越小。</translation>
        </message>
        <message>
            <source>A step against the gradient; with momentum, along a running sum of gradients.</source>
            <translation>逆着梯度走一步；有动量时，沿梯度的累积和走。</translation>
        </message>
        <message>
            <source>A step of the same size along every coordinate; only the sign of the gradient counts.</source>
            <translation>每个坐标走同样大小的一步；只看梯度的符号。</translation>
        </message>
        <message>
            <source>A straight line from start to end.</source>
            <translation>从起始值到终值的直线。</translation>
        </message>
        <message>
            <source>A strong local minimum of 48.98 beside the global one of 0; the usual start leads to the wrong one.</source>
            <translation>全局极小值 0 旁边有一个强的局部极小值 48.98；通常的起点会走向错误的那个。</translation>
        </message>
        <message>
            <source>A table has at most {0} numbers.</source>
            <translation>表格最多 {0} 个数。</translation>
        </message>
        <message>
            <source>A tilted quadratic bowl of condition number 9.</source>
            <translation>条件数为 9 的倾斜二次碗。</translation>
        </message>
        <message>
            <source>A wavy valley with many local minima.</source>
            <translation>有许多局部极小值的波状山谷。</translation>
        </message>
        <message>
            <source>A weighted mean of plain descent and momentum with a long memory.</source>
            <translation>普通下降与长记忆动量的加权平均。</translation>
        </message>
        <message>
            <source>ACProp</source>
            <translation>ACProp</translation>
        </message>
        <message>
            <source>ADOPT</source>
            <translation>ADOPT</translation>
        </message>
        <message>
            <source>AMSGrad</source>
            <translation>AMSGrad</translation>
        </message>
        <message>
            <source>About 121 local minima on a grid; blurring removes the ripples exactly and leaves the bowl.</source>
            <translation>网格上约 121 个局部极小值；模糊恰好抹去波纹，留下碗形。</translation>
        </message>
        <message>
            <source>Absolute error of one neuron</source>
            <translation>单个神经元的绝对误差</translation>
        </message>
        <message>
            <source>Absolute value</source>
            <translation>绝对值</translation>
        </message>
        <message>
            <source>Ackley</source>
            <translation>Ackley</translation>
        </message>
        <message>
            <source>AdEMAMix</source>
            <translation>AdEMAMix</translation>
        </message>
        <message>
            <source>AdaBelief</source>
            <translation>AdaBelief</translation>
        </message>
        <message>
            <source>AdaDelta</source>
            <translation>AdaDelta</translation>
        </message>
        <message>
            <source>AdaGrad</source>
            <translation>AdaGrad</translation>
        </message>
        <message>
            <source>AdaGrad that remembers one number for each row and column of a matrix; with momentum on the result.</source>
            <translation>矩阵的每行每列只记一个数的 AdaGrad；结果再加动量。</translation>
        </message>
        <message>
            <source>Adafactor</source>
            <translation>Adafactor</translation>
        </message>
        <message>
            <source>Adam</source>
            <translation>Adam</translation>
        </message>
        <message>
            <source>Adam that begins as plain momentum and turns on its scaling once it has seen enough gradients.</source>
            <translation>开始时是普通动量，见过足够多梯度后才启用缩放的 Adam。</translation>
        </message>
        <message>
            <source>Adam that divides by how far gradients stray from their mean: long steps where they agree.</source>
            <translation>除以梯度偏离其均值程度的 Adam：梯度一致处步子长。</translation>
        </message>
        <message>
            <source>Adam that estimates its own step from how far it has come along the gradients.</source>
            <translation>根据沿梯度走了多远来估计自身步长的 Adam。</translation>
        </message>
        <message>
            <source>Adam that leaves a coordinate, and what it remembers of it, alone while its gradient is exactly 0.</source>
            <translation>某坐标的梯度恰为 0 时，该坐标及其记忆都保持不动的 Adam。</translation>
        </message>
        <message>
            <source>Adam that never forgets a large gradient: adam with amsgrad on.</source>
            <translation>从不忘记大梯度的 Adam：打开 amsgrad 的 adam。</translation>
        </message>
        <message>
            <source>Adam whose mean and mean square are each mixed with the newest gradient.</source>
            <translation>均值与均方各自再混入最新梯度的 Adam。</translation>
        </message>
        <message>
            <source>Adam whose second moment may only change by a small amount a step, in either direction.</source>
            <translation>二阶矩每步只能向任一方向变化少许的 Adam。</translation>
        </message>
        <message>
            <source>Adam with Nesterov's look ahead.</source>
            <translation>带 Nesterov 前瞻的 Adam。</translation>
        </message>
        <message>
            <source>Adam with an average of how gradients change, as Nesterov's momentum estimated from them.</source>
            <translation>另带梯度变化平均的 Adam，由此估计 Nesterov 动量。</translation>
        </message>
        <message>
            <source>Adam with its two averages in the other order, which makes it converge for any beta2.</source>
            <translation>两个平均次序对调的 Adam，因而对任何 beta2 都收敛。</translation>
        </message>
        <message>
            <source>Adam with the largest recent gradient in place of the root mean square.</source>
            <translation>用最近的最大梯度代替均方根的 Adam。</translation>
        </message>
        <message>
            <source>Adam with two memories of the gradient, one short and one very long.</source>
            <translation>对梯度有一短一长两种记忆的 Adam。</translation>
        </message>
        <message>
            <source>Adam with weight decay that its scaling does not touch.</source>
            <translation>权重衰减不受其缩放影响的 Adam。</translation>
        </message>
        <message>
            <source>Adam without momentum whose mean square is kept as one number for each row and column of a matrix.</source>
            <translation>没有动量、均方按矩阵每行每列各记一个数的 Adam。</translation>
        </message>
        <message>
            <source>AdamW</source>
            <translation>AdamW</translation>
        </message>
        <message>
            <source>AdamW that estimates its learning rate from the gradients' own geometry.</source>
            <translation>根据梯度本身的几何估计学习率的 AdamW。</translation>
        </message>
        <message>
            <source>AdamW that leaves out coordinates where its step points up the gradient.</source>
            <translation>略去步子指向梯度上坡方向的坐标的 AdamW。</translation>
        </message>
        <message>
            <source>AdamW whose step is stretched to the length of the parameter, so that huge batches stay stable.</source>
            <translation>步长被拉伸到参数长度的 AdamW，使巨大的批也能稳定。</translation>
        </message>
        <message>
            <source>Adamax</source>
            <translation>Adamax</translation>
        </message>
        <message>
            <source>Adamax with weight decay that its scaling does not touch.</source>
            <translation>权重衰减不受其缩放影响的 Adamax。</translation>
        </message>
        <message>
            <source>AdamaxW</source>
            <translation>AdamaxW</translation>
        </message>
        <message>
            <source>Adan</source>
            <translation>Adan</translation>
        </message>
        <message>
            <source>An infinitely steep curved crease: the gradient is unbounded beside it and its floor hardly slopes.</source>
            <translation>无限陡峭的弯曲折痕：其旁梯度无界，而底部几乎没有坡度。</translation>
        </message>
        <message>
            <source>As schedule-free SGD, with steps scaled as in Adam; the average is the answer.</source>
            <translation>与免调度 SGD 相同，但步子按 Adam 缩放；以平均点为答案。</translation>
        </message>
        <message>
            <source>At a kink a step of fixed size bounces to and fro.</source>
            <translation>在尖点处，固定大小的步会来回弹跳。</translation>
        </message>
        <message>
            <source>Averaged descent (ASGD)</source>
            <translation>平均下降 (ASGD)</translation>
        </message>
        <message>
            <source>BFGS</source>
            <translation>BFGS</translation>
        </message>
        <message>
            <source>BFGS that rebuilds Newton's direction from its last few moves instead of storing a matrix.</source>
            <translation>由最近几次移动重建牛顿方向而不存储矩阵的 BFGS。</translation>
        </message>
        <message>
            <source>Barzilai-Borwein</source>
            <translation>Barzilai-Borwein</translation>
        </message>
        <message>
            <source>Beale</source>
            <translation>Beale</translation>
        </message>
        <message>
            <source>Bets a growing purse on every coordinate's next gradient, like tossing coins; nothing to tune.</source>
            <translation>用不断增长的钱包对每个坐标的下一个梯度下注，如同抛硬币；无需调节。</translation>
        </message>
        <message>
            <source>Block coordinate descent</source>
            <translation>分块坐标下降</translation>
        </message>
        <message>
            <source>Bohachevsky no. 1</source>
            <translation>Bohachevsky 1 号</translation>
        </message>
        <message>
            <source>Booth</source>
            <translation>Booth</translation>
        </message>
        <message>
            <source>Branin</source>
            <translation>Branin</translation>
        </message>
        <message>
            <source>Builds the inverse Hessian from the changes of the gradient, and searches along Newton's direction.</source>
            <translation>由梯度的变化建立海森矩阵的逆，并沿牛顿方向搜索。</translation>
        </message>
        <message>
            <source>Bukin no. 6</source>
            <translation>Bukin 6 号</translation>
        </message>
        <message>
            <source>COCOB</source>
            <translation>COCOB</translation>
        </message>
        <message>
            <source>Cautious AdamW</source>
            <translation>谨慎 AdamW</translation>
        </message>
        <message>
            <source>Cautious Lion</source>
            <translation>谨慎 Lion</translation>
        </message>
        <message>
            <source>Chain of three sigmoids</source>
            <translation>三个 sigmoid 的链</translation>
        </message>
        <message>
            <source>Cliff</source>
            <translation>悬崖</translation>
        </message>
        <message>
            <source>Cliff in one dimension</source>
            <translation>一维悬崖</translation>
        </message>
        <message>
            <source>Conjugate gradients (Fletcher-Reeves)</source>
            <translation>共轭梯度 (Fletcher-Reeves)</translation>
        </message>
        <message>
            <source>Conjugate gradients (Polak-Ribière)</source>
            <translation>共轭梯度 (Polak-Ribière)</translation>
        </message>
        <message>
            <source>Conjugate gradients that begin again by themselves when the gradient hardly changes.</source>
            <translation>梯度几乎不变时会自行重新开始的共轭梯度。</translation>
        </message>
        <message>
            <source>Constant</source>
            <translation>恒定</translation>
        </message>
        <message>
            <source>Coordinate descent</source>
            <translation>坐标下降</translation>
        </message>
        <message>
            <source>Coordinate descent stops anywhere on x = y, as at (1, 1) with loss 2, although the minimum is (0, 0).</source>
            <translation>坐标下降会停在 x = y 上的任何一点，例如损失为 2 的 (1, 1)，尽管极小值在 (0, 0)。</translation>
        </message>
        <message>
            <source>Cosine</source>
            <translation>余弦</translation>
        </message>
        <message>
            <source>Cosine with restarts</source>
            <translation>带重启的余弦</translation>
        </message>
        <message>
            <source>Cosines one after the other, each jumping back up (SGDR).</source>
            <translation>一段接一段的余弦，每段开头跳回高处 (SGDR)。</translation>
        </message>
        <message>
            <source>Creases divide the plane into cells; the four global minima stand in the corners.</source>
            <translation>折痕把平面分成小格；四个全局极小值位于角上。</translation>
        </message>
        <message>
            <source>Cross-in-tray</source>
            <translation>托盘中的十字</translation>
        </message>
        <message>
            <source>Cyclic, triangular</source>
            <translation>循环（三角）</translation>
        </message>
        <message>
            <source>D-Adaptation AdamW</source>
            <translation>D-Adaptation AdamW</translation>
        </message>
        <message>
            <source>Deceptive: the best basin lies near the border, far from the second best.</source>
            <translation>有欺骗性：最好的盆地靠近边界，远离次好的盆地。</translation>
        </message>
        <message>
            <source>Deep linear network</source>
            <translation>深度线性网络</translation>
        </message>
        <message>
            <source>Dense ripples across a bowl.</source>
            <translation>碗面上密集的波纹。</translation>
        </message>
        <message>
            <source>Descent for z, gradients taken between z and its running average; the average is the answer.</source>
            <translation>z 做下降，梯度取在 z 与其滑动平均之间；以平均点为答案。</translation>
        </message>
        <message>
            <source>Descent that steps as far as the loss is above its known minimum: right at once, if that is known.</source>
            <translation>按损失高出已知最小值多少来定步长的下降：若已知，一开始就合适。</translation>
        </message>
        <message>
            <source>Descent whose step is one over the curvature met in the last move; quick, not always downhill.</source>
            <translation>步长为上一次移动所遇曲率的倒数的下降；很快，但不总是下坡。</translation>
        </message>
        <message>
            <source>Descent whose step is the farthest distance travelled over the root of all squared gradients.</source>
            <translation>步长为最远行程除以所有梯度平方和之根的下降。</translation>
        </message>
        <message>
            <source>Descent with a slowly falling step, and beside it the mean of the path, which forgets noise.</source>
            <translation>步长缓慢减小的下降，同时记下路径的平均，它会忘掉噪声。</translation>
        </message>
        <message>
            <source>Descent with backtracking</source>
            <translation>回溯线搜索下降</translation>
        </message>
        <message>
            <source>Divides each coordinate by the root of a running mean of its squared gradients.</source>
            <translation>每个坐标除以其梯度平方滑动平均的根。</translation>
        </message>
        <message>
            <source>Divides each coordinate by the root of the sum of all its squared gradients; steps only ever shrink.</source>
            <translation>每个坐标除以其所有梯度平方和的根；步子只会缩小。</translation>
        </message>
        <message>
            <source>Divides the newest gradient by how surprising earlier ones were; it has no say in its own scale.</source>
            <translation>用此前梯度的意外程度去除最新的梯度；它自身不参与定尺度。</translation>
        </message>
        <message>
            <source>Dixon-Price</source>
            <translation>Dixon-Price</translation>
        </message>
        <message>
            <source>DoG (distance over gradients)</source>
            <translation>DoG（行程比梯度）</translation>
        </message>
        <message>
            <source>Double well</source>
            <translation>双井</translation>
        </message>
        <message>
            <source>Drop wave</source>
            <translation>水滴波</translation>
        </message>
        <message>
            <source>Dual averaging with a cube root of the summed squares: AdaGrad's guarantee with momentum.</source>
            <translation>以平方和的立方根做对偶平均：带动量而有 AdaGrad 的保证。</translation>
        </message>
        <message>
            <source>Each coordinate has its own step, which grows while the gradient keeps its sign and shrinks otherwise.</source>
            <translation>每个坐标有自己的步长，梯度符号不变则增大，否则缩小。</translation>
        </message>
        <message>
            <source>Each sigmoid multiplies the gradient by at most 1/4: three of them and a wrong sign make a plateau.</source>
            <translation>每个 sigmoid 至多把梯度乘以 1/4：三个相连再加上错误的符号便成为平原。</translation>
        </message>
        <message>
            <source>Each size of a shape is at least 1, such as 3×2.</source>
            <translation>形状的每个尺寸至少为 1，例如 3×2。</translation>
        </message>
        <message>
            <source>Easom</source>
            <translation>Easom</translation>
        </message>
        <message>
            <source>Eggholder</source>
            <translation>蛋托</translation>
        </message>
        <message>
            <source>Every coordinate gets its own step: the mean gradient over the root of the mean square.</source>
            <translation>每个坐标有自己的步子：梯度均值除以均方的根。</translation>
        </message>
        <message>
            <source>Expecting ',' delimiter</source>
            <translation>此处应有分隔符“,”</translation>
        </message>
        <message>
            <source>Expecting ':' delimiter</source>
            <translation>此处应有分隔符“:”</translation>
        </message>
        <message>
            <source>Expecting property name enclosed in double quotes</source>
            <translation>此处应有双引号括起的属性名</translation>
        </message>
        <message>
            <source>Expecting value</source>
            <translation>此处应有一个值</translation>
        </message>
        <message>
            <source>Exponential</source>
            <translation>指数</translation>
        </message>
        <message>
            <source>Extra data</source>
            <translation>此后有多余的内容</translation>
        </message>
        <message>
            <source>FTRL-Proximal</source>
            <translation>FTRL-Proximal</translation>
        </message>
        <message>
            <source>Falls as 1/(1 + decay·t): the rate that convergence proofs for noise ask for.</source>
            <translation>按 1/(1 + decay·t) 下降：有噪声时收敛证明所要求的速率。</translation>
        </message>
        <message>
            <source>Falls as one over the square root of the step, as for transformers.</source>
            <translation>按步数平方根的倒数下降，如 Transformer 所用。</translation>
        </message>
        <message>
            <source>Falls by the same share every step.</source>
            <translation>每一步下降同样的比例。</translation>
        </message>
        <message>
            <source>Falls to its end along a power of the time that is left.</source>
            <translation>按剩余时间的幂下降到终值。</translation>
        </message>
        <message>
            <source>Far out the slope fades as 1/x³: a small gradient does not mean that the minimum is near.</source>
            <translation>远处坡度按 1/x³ 减弱：梯度小并不意味着极小值就在附近。</translation>
        </message>
        <message>
            <source>Fine ripples with four global minima, none of them in the centre.</source>
            <translation>细密的波纹，有四个全局极小值，都不在中心。</translation>
        </message>
        <message>
            <source>Flat bottom</source>
            <translation>平底</translation>
        </message>
        <message>
            <source>Forrester</source>
            <translation>Forrester</translation>
        </message>
        <message>
            <source>Four equal minima: the start and the momentum decide which basin a racer ends in.</source>
            <translation>四个相等的极小值：起点和动量决定参赛者落入哪个盆地。</translation>
        </message>
        <message>
            <source>Freudenstein-Roth</source>
            <translation>Freudenstein-Roth</translation>
        </message>
        <message>
            <source>From the SIAM 100-digit challenge: only blurring or brute force finds the lowest of thousands of minima.</source>
            <translation>来自 SIAM 百位挑战：只有模糊或穷举才能在数千个极小值中找到最低的。</translation>
        </message>
        <message>
            <source>Geman-McClure plateau</source>
            <translation>Geman-McClure 高原</translation>
        </message>
        <message>
            <source>Goes down the gradient to the lowest point of that line; in a ravine it zigzags at right angles.</source>
            <translation>沿梯度走到该直线的最低点；在峡谷中以直角来回折返。</translation>
        </message>
        <message>
            <source>Goldstein-Price</source>
            <translation>Goldstein-Price</translation>
        </message>
        <message>
            <source>Gradient descent (SGD)</source>
            <translation>梯度下降 (SGD)</translation>
        </message>
        <message>
            <source>Gradient descent that halves its step until the loss falls enough (Armijo's condition).</source>
            <translation>步长不断减半直到损失下降足够多的梯度下降（Armijo 条件）。</translation>
        </message>
        <message>
            <source>Gradient descent whose velocity keeps 9/10 of itself each step: sgd with momentum 0.9.</source>
            <translation>速度每步保留 9/10 的梯度下降：momentum 为 0.9 的 sgd。</translation>
        </message>
        <message>
            <source>Gramacy-Lee</source>
            <translation>Gramacy-Lee</translation>
        </message>
        <message>
            <source>Griewank</source>
            <translation>Griewank</translation>
        </message>
        <message>
            <source>Guesses the next gradient from the change of the last one; calms games that plain descent circles in.</source>
            <translation>由上一个梯度的变化猜测下一个；能平息普通下降会绕圈的博弈。</translation>
        </message>
        <message>
            <source>Half a cosine wave from the full learning rate to its end.</source>
            <translation>从满学习率到终值的半个余弦波。</translation>
        </message>
        <message>
            <source>Heavy ball</source>
            <translation>重球法</translation>
        </message>
        <message>
            <source>Hills and hollows of all sizes, and a global minimum that lies on the border of the box.</source>
            <translation>大小不一的丘陵和洼地，全局极小值位于方框边界上。</translation>
        </message>
        <message>
            <source>Himmelblau</source>
            <translation>Himmelblau</translation>
        </message>
        <message>
            <source>Hölder table</source>
            <translation>Hölder 台面</translation>
        </message>
        <message>
            <source>Interference ripples that get finer outwards.</source>
            <translation>向外越来越细的干涉波纹。</translation>
        </message>
        <message>
            <source>Invalid \escape</source>
            <translation>无效的转义</translation>
        </message>
        <message>
            <source>Invalid control character at</source>
            <translation>此处有无效的控制字符</translation>
        </message>
        <message>
            <source>Inverse square root</source>
            <translation>平方根倒数</translation>
        </message>
        <message>
            <source>Inverse time</source>
            <translation>时间倒数</translation>
        </message>
        <message>
            <source>Jumps to the minimum of the local quadratic, and halves the jump while it does not lead down.</source>
            <translation>跳到局部二次函数的极小值；不能下降时把跳跃减半。</translation>
        </message>
        <message>
            <source>Keras</source>
            <translation>Keras</translation>
        </message>
        <message>
            <source>L-BFGS</source>
            <translation>L-BFGS</translation>
        </message>
        <message>
            <source>L2 norm (slope 0 at 0)</source>
            <translation>L2 范数（在 0 处斜率为 0）</translation>
        </message>
        <message>
            <source>LAMB</source>
            <translation>LAMB</translation>
        </message>
        <message>
            <source>LARS</source>
            <translation>LARS</translation>
        </message>
        <message>
            <source>Least squares: the line y = a·x + b through (0, 1), (1, 2) and (2, 3) is a quadratic bowl with Hessian [[5, 3], [3, 3]].</source>
            <translation>最小二乘：过 (0, 1)、(1, 2) 和 (2, 3) 的直线 y = a·x + b 是一个二次碗，海森矩阵为 [[5, 3], [3, 3]]。</translation>
        </message>
        <message>
            <source>Line fit</source>
            <translation>直线拟合</translation>
        </message>
        <message>
            <source>Line searches along directions that do not undo each other; n steps solve a quadratic in n dimensions.</source>
            <translation>沿互不抵消的方向做线搜索；n 步解出 n 维的二次函数。</translation>
        </message>
        <message>
            <source>Line {0}{1} has {2} numbers where others have {3}.</source>
            <translation>第 {0} 行{1}有 {2} 个数，而其他行有 {3} 个。</translation>
        </message>
        <message>
            <source>Linear</source>
            <translation>线性</translation>
        </message>
        <message>
            <source>Lion</source>
            <translation>Lion</translation>
        </message>
        <message>
            <source>Lion that leaves out coordinates where its step points up the gradient.</source>
            <translation>略去步子指向梯度上坡方向的坐标的 Lion。</translation>
        </message>
        <message>
            <source>Logistic regression on four points</source>
            <translation>四个点上的逻辑回归</translation>
        </message>
        <message>
            <source>Lévy</source>
            <translation>Lévy</translation>
        </message>
        <message>
            <source>Lévy no. 13</source>
            <translation>Lévy 13 号</translation>
        </message>
        <message>
            <source>MADGRAD</source>
            <translation>MADGRAD</translation>
        </message>
        <message>
            <source>Many global minima among hundreds of local ones.</source>
            <translation>数百个局部极小值中有许多全局极小值。</translation>
        </message>
        <message>
            <source>Many local minima, the higher the farther from the best one.</source>
            <translation>许多局部极小值，离最好的越远就越高。</translation>
        </message>
        <message>
            <source>Matyas</source>
            <translation>Matyas</translation>
        </message>
        <message>
            <source>McCormick</source>
            <translation>McCormick</translation>
        </message>
        <message>
            <source>Michalewicz</source>
            <translation>Michalewicz</translation>
        </message>
        <message>
            <source>Minimizes along one axis at a time; in a slanted crease it can stop where no axis leads down.</source>
            <translation>每次沿一个坐标轴求最小；在倾斜的折痕里会停在没有轴可下降的地方。</translation>
        </message>
        <message>
            <source>Minimizes along the gradient of a few neighbouring coordinates at a time.</source>
            <translation>每次沿几个相邻坐标的梯度求最小。</translation>
        </message>
        <message>
            <source>Momentum</source>
            <translation>动量</translation>
        </message>
        <message>
            <source>Momentum divided by a running mean of the Hessian's diagonal, with every step cut to the learning rate.</source>
            <translation>动量除以海森矩阵对角线的滑动平均，每一步都截到学习率以内。</translation>
        </message>
        <message>
            <source>Momentum for matrices, all singular values of its step near 1; vectors get Adam.</source>
            <translation>用于矩阵的动量，其步子的奇异值全都接近 1；向量用 Adam。</translation>
        </message>
        <message>
            <source>Momentum on gradients divided by a running mean of their length: one scale for the whole parameter.</source>
            <translation>梯度先除以其长度的滑动平均再做动量：整个参数共用一个尺度。</translation>
        </message>
        <message>
            <source>Momentum that looks ahead before it steps: sgd with momentum 0.9 and nesterov on.</source>
            <translation>走步之前先向前看的动量：momentum 为 0.9 且打开 nesterov 的 sgd。</translation>
        </message>
        <message>
            <source>Momentum whose steps are a fixed share of the length of the parameter, whatever the gradient's length.</source>
            <translation>步子为参数长度固定比例的动量，与梯度的长度无关。</translation>
        </message>
        <message>
            <source>Monkey saddle</source>
            <translation>猴鞍面</translation>
        </message>
        <message>
            <source>Multi-step</source>
            <translation>多阶梯</translation>
        </message>
        <message>
            <source>Multiplied by a factor when the loss has not fallen for a while.</source>
            <translation>损失一段时间不下降时乘以一个因子。</translation>
        </message>
        <message>
            <source>Multiplied by gamma at each milestone.</source>
            <translation>在每个里程碑处乘以 gamma。</translation>
        </message>
        <message>
            <source>Multiplied by gamma every so many steps.</source>
            <translation>每隔若干步乘以 gamma。</translation>
        </message>
        <message>
            <source>Muon</source>
            <translation>Muon</translation>
        </message>
        <message>
            <source>NAdam</source>
            <translation>NAdam</translation>
        </message>
        <message>
            <source>NAdam with weight decay that its scaling does not touch.</source>
            <translation>权重衰减不受其缩放影响的 NAdam。</translation>
        </message>
        <message>
            <source>NAdamW</source>
            <translation>NAdamW</translation>
        </message>
        <message>
            <source>Narrow well, broad well</source>
            <translation>窄井与宽井</translation>
        </message>
        <message>
            <source>Nesterov momentum</source>
            <translation>Nesterov 动量</translation>
        </message>
        <message>
            <source>Newton's method, damped</source>
            <translation>牛顿法（阻尼）</translation>
        </message>
        <message>
            <source>No curvature at the minimum: descent slows down to x ~ 1/√steps.</source>
            <translation>极小值处没有曲率：下降减慢为 x ~ 1/√步数。</translation>
        </message>
        <message>
            <source>None stands for an input that is not connected and is only allowed in graphs</source>
            <translation>None 表示未连接的输入，只允许在计算图中使用</translation>
        </message>
        <message>
            <source>None stands for an input that is not connected; a node needs an operation or a number</source>
            <translation>None 表示未连接的输入；节点需要一个运算或一个数</translation>
        </message>
        <message>
            <source>NovoGrad</source>
            <translation>NovoGrad</translation>
        </message>
        <message>
            <source>On y = 0 plain descent walks into the saddle and stays; the slightest y escapes, for ever.</source>
            <translation>在 y = 0 上普通下降走进鞍点并停住；哪怕极小的 y 也会逃离，一去不返。</translation>
        </message>
        <message>
            <source>One cycle</source>
            <translation>单周期</translation>
        </message>
        <message>
            <source>One global minimum between two local ones, smooth and mild.</source>
            <translation>一个全局极小值位于两个局部极小值之间，光滑而平缓。</translation>
        </message>
        <message>
            <source>One local and one global minimum, and a flat inflection where racers pause.</source>
            <translation>一个局部和一个全局极小值，以及一个让参赛者停顿的平坦拐点。</translation>
        </message>
        <message>
            <source>One long sum of gradients plus the newest one, scaled as in Adam.</source>
            <translation>梯度的一个长期和加上最新的梯度，按 Adam 缩放。</translation>
        </message>
        <message>
            <source>Optimistic gradient descent</source>
            <translation>乐观梯度下降</translation>
        </message>
        <message>
            <source>Parabola</source>
            <translation>抛物线</translation>
        </message>
        <message>
            <source>Plain descent needs a learning rate below 2/100, so it zigzags in y and crawls in x; momentum and adaptive rules cure it.</source>
            <translation>普通下降需要小于 2/100 的学习率，因此在 y 方向来回折返、在 x 方向缓慢爬行；动量和自适应规则可以治愈。</translation>
        </message>
        <message>
            <source>Plateau</source>
            <translation>高原</translation>
        </message>
        <message>
            <source>Polyak's step</source>
            <translation>Polyak 步长</translation>
        </message>
        <message>
            <source>Polynomial</source>
            <translation>多项式</translation>
        </message>
        <message>
            <source>Prodigy</source>
            <translation>Prodigy</translation>
        </message>
        <message>
            <source>PyTorch</source>
            <translation>PyTorch</translation>
        </message>
        <message>
            <source>PyTorch reaches the end one step early: 1</source>
            <translation>PyTorch 提前一步到达终值：1</translation>
        </message>
        <message>
            <source>PyTorch reaches the top one step early: 1</source>
            <translation>PyTorch 提前一步到达顶点：1</translation>
        </message>
        <message>
            <source>QHAdam</source>
            <translation>QHAdam</translation>
        </message>
        <message>
            <source>Qt does not load: {0} (gdstudio doctor tells more)</source>
            <translation>Qt 无法加载：{0}（gdstudio doctor 会说明详情）</translation>
        </message>
        <message>
            <source>Qt needs {0}, which this system lacks; on Debian or Ubuntu: {1}</source>
            <translation>Qt 需要 {0}，而本系统没有；在 Debian 或 Ubuntu 上：{1}</translation>
        </message>
        <message>
            <source>Quasi-hyperbolic momentum (QHM)</source>
            <translation>准双曲动量 (QHM)</translation>
        </message>
        <message>
            <source>RAdam</source>
            <translation>RAdam</translation>
        </message>
        <message>
            <source>RMSprop</source>
            <translation>RMSprop</translation>
        </message>
        <message>
            <source>Rastrigin</source>
            <translation>Rastrigin</translation>
        </message>
        <message>
            <source>Rastrigin in one dimension</source>
            <translation>一维 Rastrigin</translation>
        </message>
        <message>
            <source>Ravine, condition 100</source>
            <translation>峡谷，条件数 100</translation>
        </message>
        <message>
            <source>Reduce on plateau</source>
            <translation>停滞时减小</translation>
        </message>
        <message>
            <source>Rings of local minima around the centre: plain descent never crosses a ring.</source>
            <translation>中心周围是一圈圈局部极小值：普通下降无法越过任何一圈。</translation>
        </message>
        <message>
            <source>Ripples on a bowl so shallow that only the ripples are felt.</source>
            <translation>碗上的波纹，碗如此之浅，以致只感觉得到波纹。</translation>
        </message>
        <message>
            <source>Ripples on a parabola; blurred by σ they shrink by exp(−2π²σ²) and the parabola stays.</source>
            <translation>抛物线上的波纹；以 σ 模糊后它们缩小为 exp(−2π²σ²) 倍，抛物线保留。</translation>
        </message>
        <message>
            <source>Rosenbrock</source>
            <translation>Rosenbrock</translation>
        </message>
        <message>
            <source>Rotated ravine</source>
            <translation>旋转的峡谷</translation>
        </message>
        <message>
            <source>Rprop</source>
            <translation>Rprop</translation>
        </message>
        <message>
            <source>SM3</source>
            <translation>SM3</translation>
        </message>
        <message>
            <source>Saddle</source>
            <translation>鞍面</translation>
        </message>
        <message>
            <source>Saddle between two minima</source>
            <translation>两个极小值之间的鞍点</translation>
        </message>
        <message>
            <source>Saturated sigmoid, squared loss</source>
            <translation>饱和的 sigmoid，平方损失</translation>
        </message>
        <message>
            <source>Scales gradients to the size of recent steps, so that its unit is right without a learning rate.</source>
            <translation>把梯度缩放到最近步子的大小，使单位无需学习率也正确。</translation>
        </message>
        <message>
            <source>Schaffer no. 2</source>
            <translation>Schaffer 2 号</translation>
        </message>
        <message>
            <source>Schaffer no. 4</source>
            <translation>Schaffer 4 号</translation>
        </message>
        <message>
            <source>Schedule-free AdamW</source>
            <translation>免调度 AdamW</translation>
        </message>
        <message>
            <source>Schedule-free SGD</source>
            <translation>免调度 SGD</translation>
        </message>
        <message>
            <source>Schwefel</source>
            <translation>Schwefel</translation>
        </message>
        <message>
            <source>Shubert</source>
            <translation>Shubert</translation>
        </message>
        <message>
            <source>Sign descent</source>
            <translation>符号下降</translation>
        </message>
        <message>
            <source>Sign descent on an average of the gradients, so that noise rarely turns a sign.</source>
            <translation>对梯度的平均做符号下降，噪声很少改变符号。</translation>
        </message>
        <message>
            <source>Signum</source>
            <translation>Signum</translation>
        </message>
        <message>
            <source>Simplified AdEMAMix</source>
            <translation>简化的 AdEMAMix</translation>
        </message>
        <message>
            <source>Six minima, two of them global, around a saddle at the origin.</source>
            <translation>六个极小值，其中两个是全局的，围绕原点处的鞍点。</translation>
        </message>
        <message>
            <source>Six-hump camel</source>
            <translation>六峰驼背</translation>
        </message>
        <message>
            <source>Sophia</source>
            <translation>Sophia</translation>
        </message>
        <message>
            <source>Sparse Adam</source>
            <translation>稀疏 Adam</translation>
        </message>
        <message>
            <source>Sphere</source>
            <translation>球面</translation>
        </message>
        <message>
            <source>Steep narrow grooves in a plateau so flat that there is nothing to descend.</source>
            <translation>平原上陡而窄的沟槽，平原平到无坡可下。</translation>
        </message>
        <message>
            <source>Steepest descent, exact line search</source>
            <translation>最速下降（精确线搜索）</translation>
        </message>
        <message>
            <source>Step</source>
            <translation>阶梯</translation>
        </message>
        <message>
            <source>Styblinski-Tang</source>
            <translation>Styblinski-Tang</translation>
        </message>
        <message>
            <source>Sum of absolute values</source>
            <translation>绝对值之和</translation>
        </message>
        <message>
            <source>Ten times the same weight</source>
            <translation>同一权重用十次</translation>
        </message>
        <message>
            <source>The best point for all gradients so far plus a penalty; with l1, small coordinates are exactly 0.</source>
            <translation>到目前为止所有梯度加惩罚项的最优点；有 l1 时，小的坐标恰为 0。</translation>
        </message>
        <message>
            <source>The block reaches beyond the {0}×{1} cells; change the shape first.</source>
            <translation>此块超出了 {0}×{1} 个单元格；请先更改形状。</translation>
        </message>
        <message>
            <source>The cliff alone: what a step at its face does, clipped and unclipped.</source>
            <translation>单独的悬崖：悬崖面上的一步在裁剪和不裁剪时会怎样。</translation>
        </message>
        <message>
            <source>The clipboard holds no numbers.</source>
            <translation>剪贴板里没有数。</translation>
        </message>
        <message>
            <source>The coordinates are independent: one global and three local minima, and momentum may jump between them.</source>
            <translation>各坐标相互独立：一个全局和三个局部极小值，动量可能在其间跳跃。</translation>
        </message>
        <message>
            <source>The gradient has the same size everywhere, so a fixed learning rate never settles and a decaying one does.</source>
            <translation>梯度大小处处相同，因此固定学习率永不停歇，而衰减的学习率会停下。</translation>
        </message>
        <message>
            <source>The logistic loss stands in for counting mistakes: smooth and convex, where the count is flat steps.</source>
            <translation>逻辑损失代替错误计数：它光滑且凸，而计数只是平坦的台阶。</translation>
        </message>
        <message>
            <source>The round bowl, the simplest case: a learning rate of 0.1 arrives, 1e-10 does not move, 10 is thrown out.</source>
            <translation>圆碗，最简单的情形：学习率 0.1 能到达，1e-10 不动，10 被甩出去。</translation>
        </message>
        <message>
            <source>The rows of a list must be equally long, such as [[1, 2], [3, 4]].</source>
            <translation>列表的各行必须等长，例如 [[1, 2], [3, 4]]。</translation>
        </message>
        <message>
            <source>The same learning rate at every step.</source>
            <translation>每一步的学习率都相同。</translation>
        </message>
        <message>
            <source>The sign of a mix of gradient and momentum, found by a program search: every step has full size.</source>
            <translation>梯度与动量混合后的符号，由程序搜索发现：每一步都是满幅。</translation>
        </message>
        <message>
            <source>The textbook graph |y_true − (w·x + b)| as a surface: two planes that meet along 2·w + b = 4.</source>
            <translation>教科书中的图 |y_true − (w·x + b)| 作为曲面：两个平面沿 2·w + b = 4 相交。</translation>
        </message>
        <message>
            <source>The weights in v are finite numbers; NaN and infinity would spread to every gradient.</source>
            <translation>v 中的权重是有限数；NaN 与无穷会扩散到每个梯度。</translation>
        </message>
        <message>
            <source>Three equal minima along one banana-shaped valley.</source>
            <translation>一条香蕉形山谷中的三个相等极小值。</translation>
        </message>
        <message>
            <source>Three-hump camel</source>
            <translation>三峰驼背</translation>
        </message>
        <message>
            <source>Tiny gradients between crossing creases; exp(100) on the way would overflow single precision.</source>
            <translation>交叉折痕之间梯度极小；途中的 exp(100) 会使单精度溢出。</translation>
        </message>
        <message>
            <source>Trap for coordinate descent</source>
            <translation>坐标下降的陷阱</translation>
        </message>
        <message>
            <source>Trefethen's challenge</source>
            <translation>Trefethen 挑战题</translation>
        </message>
        <message>
            <source>Turned by 30°, a ravine takes away what diagonal adaptive methods gain; Newton, conjugate gradients and L-BFGS do not mind.</source>
            <translation>峡谷旋转 30° 后，对角自适应方法便失去优势；牛顿法、共轭梯度和 L-BFGS 不受影响。</translation>
        </message>
        <message>
            <source>Two equal minima, joined by a curved valley with a saddle in its middle.</source>
            <translation>两个相等的极小值，由中间有鞍点的弯曲山谷相连。</translation>
        </message>
        <message>
            <source>Two linear layers: a hyperbola of minima around a saddle, the sharper the farther out, so the learning rate picks where descent settles.</source>
            <translation>两个线性层：极小值构成围绕鞍点的双曲线，越远越尖锐，因此学习率决定下降停在哪里。</translation>
        </message>
        <message>
            <source>Type a number such as 2.5, or a list such as [1, 2, 3].</source>
            <translation>请输入一个数，例如 2.5，或一个列表，例如 [1, 2, 3]。</translation>
        </message>
        <message>
            <source>Unterminated string starting at</source>
            <translation>此处开始的字符串没有结束</translation>
        </message>
        <message>
            <source>Up and down in straight lines, for ever (Smith 2017).</source>
            <translation>沿直线上升下降，循环不止 (Smith 2017)。</translation>
        </message>
        <message>
            <source>Up to the full learning rate and then down far below the start (Smith 2018).</source>
            <translation>升到满学习率，再降到远低于起始处 (Smith 2018)。</translation>
        </message>
        <message>
            <source>Values from 3 to a million: gradients are huge, colours must be logarithmic, and there are three local minima besides.</source>
            <translation>取值从 3 到一百万：梯度巨大，颜色必须取对数，此外还有三个局部极小值。</translation>
        </message>
        <message>
            <source>Where blurring fails: it hides the deep narrow well and leads to the broad shallow one.</source>
            <translation>模糊失效之处：它掩盖了深而窄的井，引向宽而浅的井。</translation>
        </message>
        <message>
            <source>Yogi</source>
            <translation>Yogi</translation>
        </message>
        <message>
            <source>Zakharov</source>
            <translation>Zakharov</translation>
        </message>
        <message>
            <source>a</source>
            <translation>a</translation>
        </message>
        <message>
            <source>a Landscape</source>
            <translation>Landscape 对象</translation>
        </message>
        <message>
            <source>a Program, such as graph.compile() makes</source>
            <translation>Program 对象，例如 graph.compile() 的结果</translation>
        </message>
        <message>
            <source>a basin map finds minima by their Hessians, for up to {0} coordinates, and this graph has {1}; make constants of parameters that can stay as they are, or race a swarm</source>
            <translation>吸引域图用海森矩阵寻找极小值，最多 {0} 个坐标，而此图有 {1} 个；请把可以不动的参数改为常数，或改用群体竞赛</translation>
        </message>
        <message>
            <source>a batch has 1 to {0} rows, not {1}</source>
            <translation>一批有 1 到 {0} 行，而不是 {1}</translation>
        </message>
        <message>
            <source>a colour is written "#rrggbb", not "{0}"</source>
            <translation>颜色写作 "#rrggbb"，而不是 "{0}"</translation>
        </message>
        <message>
            <source>a condition compares options with numbers or words, joined by and, or, not</source>
            <translation>条件把选项与数或词相比较，用 and、or、not 连接</translation>
        </message>
        <message>
            <source>a condition may only name options and ndim, not {0}{1}</source>
            <translation>条件中只能出现选项和 ndim，而不是 {0}{1}</translation>
        </message>
        <message>
            <source>a curriculum needs a score for each row that says how hard it is</source>
            <translation>课程学习需要每一行有一个表示难度的分数</translation>
        </message>
        <message>
            <source>a curriculum needs {0} scores, not an array of shape {1}</source>
            <translation>课程学习需要 {0} 个分数，而不是形状为 {1} 的数组</translation>
        </message>
        <message>
            <source>a curriculum opens with a part between 0 and 1 and widens over 0 or more steps</source>
            <translation>课程学习以 0 到 1 之间的比例开始，经 0 步或更多步后扩大</translation>
        </message>
        <message>
            <source>a data node needs a value, or the attribute "dataset" with the name of one</source>
            <translation>data 节点需要一个值，或名为 "dataset" 的属性给出数据集名称</translation>
        </message>
        <message>
            <source>a direction must be finite and not all zeros</source>
            <translation>方向必须有限且不全为零</translation>
        </message>
        <message>
            <source>a direction must have shape ({0},), not {1}</source>
            <translation>方向的形状必须是 ({0},)，而不是 {1}</translation>
        </message>
        <message>
            <source>a divided by b</source>
            <translation>a 除以 b</translation>
        </message>
        <message>
            <source>a document holds at most {0} numbers; these columns have {1}</source>
            <translation>一个文档最多保存 {0} 个数；这些列有 {1} 个</translation>
        </message>
        <message>
            <source>a factor for each milestone; empty = gamma for all</source>
            <translation>每个里程碑一个因子；空 = 全用 gamma</translation>
        </message>
        <message>
            <source>a file to write needs a name</source>
            <translation>要写入的文件需要一个名称</translation>
        </message>
        <message>
            <source>a frame has {0} to {1} pixels each way, not {2}x{3}</source>
            <translation>一帧每边为 {0} 到 {1} 像素，而不是 {2}x{3}</translation>
        </message>
        <message>
            <source>a function</source>
            <translation>函数</translation>
        </message>
        <message>
            <source>a graph is made of nodes, in a list, not of {0}</source>
            <translation>图由列表中的节点组成，而不是 {0}</translation>
        </message>
        <message>
            <source>a graph is made of nodes, such as Node("w", "parameter", value=1.0), not of {0}</source>
            <translation>图由节点组成，例如 Node("w", "parameter", value=1.0)，而不是 {0}</translation>
        </message>
        <message>
            <source>a graph, such as engine.parse makes</source>
            <translation>计算图，例如 engine.parse 的结果</translation>
        </message>
        <message>
            <source>a grid has a whole number of positions, or one for each of {0} axes, not {1}</source>
            <translation>网格的位置数须为整数，或对 {0} 个轴各给一个，而不是 {1}</translation>
        </message>
        <message>
            <source>a grid has at most {0} positions, not {1}</source>
            <translation>网格最多有 {0} 个位置，而不是 {1} 个</translation>
        </message>
        <message>
            <source>a heading is missing</source>
            <translation>缺少一个列标题</translation>
        </message>
        <message>
            <source>a landscape has one or two axes, and a range (low, high) for each</source>
            <translation>曲面有一个或两个坐标轴，每个轴有一个范围 (低, 高)</translation>
        </message>
        <message>
            <source>a list must hold numbers only, in rows of equal length</source>
            <translation>列表只能包含数，且各行等长</translation>
        </message>
        <message>
            <source>a list of names, such as ["w", "b"]</source>
            <translation>名称列表，例如 ["w", "b"]</translation>
        </message>
        <message>
            <source>a list of numbers above 0</source>
            <translation>由大于 0 的数组成的列表</translation>
        </message>
        <message>
            <source>a list of paths, arrays of shape (steps, n)</source>
            <translation>路径列表，每条路径是形状为 (steps, n) 的数组</translation>
        </message>
        <message>
            <source>a list of racers, such as [Racer('adam')]</source>
            <translation>选手列表，例如 [Racer('adam')]</translation>
        </message>
        <message>
            <source>a minus b</source>
            <translation>a 减 b</translation>
        </message>
        <message>
            <source>a name, which is text</source>
            <translation>名称，即一段文字</translation>
        </message>
        <message>
            <source>a node's id must be a name, not {0}</source>
            <translation>节点的 id 必须是名称，而不是 {0}</translation>
        </message>
        <message>
            <source>a number</source>
            <translation>数</translation>
        </message>
        <message>
            <source>a number above 0 and at most 1</source>
            <translation>大于 0 且不超过 1 的数</translation>
        </message>
        <message>
            <source>a number or tensor that stays</source>
            <translation>保持不变的数或张量</translation>
        </message>
        <message>
            <source>a number or tensor that training changes</source>
            <translation>训练会改变的数或张量</translation>
        </message>
        <message>
            <source>a number stands right before a name; write products with *, as in 2*x</source>
            <translation>数字后面直接跟着名称；乘积请写作 *，如 2*x</translation>
        </message>
        <message>
            <source>a path must be an array of shape (steps, n)</source>
            <translation>路径必须是形状为 (steps, n) 的数组</translation>
        </message>
        <message>
            <source>a path needs a sound scalar output, or a seed</source>
            <translation>路径需要一个正确的标量输出，或一个种子</translation>
        </message>
        <message>
            <source>a picture has 64 to {0} pixels each way, not {1}x{2}</source>
            <translation>图片每边为 64 到 {0} 像素，而不是 {1}x{2}</translation>
        </message>
        <message>
            <source>a picture is a .png, .svg or .pdf, not "{0}"</source>
            <translation>图片只能是 .png、.svg 或 .pdf，而不是“{0}”</translation>
        </message>
        <message>
            <source>a plus b</source>
            <translation>a 加 b</translation>
        </message>
        <message>
            <source>a race has at least 1 step, not {0}</source>
            <translation>竞赛至少有 1 步，而不是 {0}</translation>
        </message>
        <message>
            <source>a race is saved as .csv, .json or .npz, not as "{0}"</source>
            <translation>竞赛只能保存为 .csv、.json 或 .npz，不能保存为“{0}”</translation>
        </message>
        <message>
            <source>a racer needs a name</source>
            <translation>选手需要一个名称</translation>
        </message>
        <message>
            <source>a racer, such as Racer('adam')</source>
            <translation>选手，例如 Racer('adam')</translation>
        </message>
        <message>
            <source>a range (low, high) for each axis</source>
            <translation>每个轴的范围 (low, high)</translation>
        </message>
        <message>
            <source>a range must be two finite numbers, low &lt; high, not ({0}, {1})</source>
            <translation>范围必须是两个有限数，低 &lt; 高，而不是 ({0}, {1})</translation>
        </message>
        <message>
            <source>a schedule is given by its name and its options, as a pair, not by {0}</source>
            <translation>学习率计划由名称和选项成对给出，而不是 {0}</translation>
        </message>
        <message>
            <source>a seed is a whole number from 0 up, not {0}</source>
            <translation>种子是不小于 0 的整数，而不是 {0}</translation>
        </message>
        <message>
            <source>a single grid point shows no slope; resolution must be 0, or 2 or more</source>
            <translation>单个网格点看不出斜率；resolution 必须为 0，或不小于 2</translation>
        </message>
        <message>
            <source>a step counts in the average with its learning rate to this power</source>
            <translation>一步在平均中的权重为其学习率的这一幂次</translation>
        </message>
        <message>
            <source>a swarm runs over a surface; choose two coordinates for the landscape</source>
            <translation>群体在曲面上竞赛；请为曲面选择两个坐标</translation>
        </message>
        <message>
            <source>a sweep goes over one or two options, not {0}</source>
            <translation>扫描针对一个或两个选项，而不是 {0} 个</translation>
        </message>
        <message>
            <source>a times b</source>
            <translation>a 乘以 b</translation>
        </message>
        <message>
            <source>a to the power b</source>
            <translation>a 的 b 次幂</translation>
        </message>
        <message>
            <source>a value has finite numbers only; NaN and infinity cannot be saved</source>
            <translation>值只能含有限数；NaN 与无穷无法保存</translation>
        </message>
        <message>
            <source>a value is a number or a list of rows of equal length</source>
            <translation>值是一个数，或各行等长的列表</translation>
        </message>
        <message>
            <source>a value is missing</source>
            <translation>缺少一个值</translation>
        </message>
        <message>
            <source>a value is missing; the column "{0}" holds numbers</source>
            <translation>缺少一个值；列 "{0}" 中是数</translation>
        </message>
        <message>
            <source>a where the condition is not 0, else b</source>
            <translation>条件不为 0 处取 a，否则取 b</translation>
        </message>
        <message>
            <source>a whole number from 0 up</source>
            <translation>不小于 0 的整数</translation>
        </message>
        <message>
            <source>a whole number from {0} to {1}</source>
            <translation>{0} 到 {1} 的整数</translation>
        </message>
        <message>
            <source>a whole number from {0} to {1} settings for each racer</source>
            <translation>{0} 到 {1} 的整数，即每位选手的设置组数</translation>
        </message>
        <message>
            <source>a whole number from {0} to {1}, the number of a racer</source>
            <translation>{0} 到 {1} 的整数，即选手的编号</translation>
        </message>
        <message>
            <source>a whole number from {0} to {1}, the number of an input</source>
            <translation>{0} 到 {1} 的整数，即输入的编号</translation>
        </message>
        <message>
            <source>a whole number from {0} to {1}, the number of an input, or None</source>
            <translation>{0} 到 {1} 的整数，即输入的编号，或 None</translation>
        </message>
        <message>
            <source>activation</source>
            <translation>激活函数</translation>
        </message>
        <message>
            <source>adamw</source>
            <translation>adamw</translation>
        </message>
        <message>
            <source>added inside the square root</source>
            <translation>加在平方根之内</translation>
        </message>
        <message>
            <source>added to the root in the step</source>
            <translation>加到步子中的根上</translation>
        </message>
        <message>
            <source>added to the variance at every step</source>
            <translation>每一步加到方差上</translation>
        </message>
        <message>
            <source>alpha</source>
            <translation>alpha</translation>
        </message>
        <message>
            <source>amsgrad</source>
            <translation>amsgrad</translation>
        </message>
        <message>
            <source>amsgrad: the largest before or after bias correction</source>
            <translation>amsgrad：偏差修正之前或之后的最大值</translation>
        </message>
        <message>
            <source>an animation has {0} to {1} frames a second, not {2}</source>
            <translation>动画每秒有 {0} 到 {1} 帧，而不是 {2} 帧</translation>
        </message>
        <message>
            <source>an animation is a .gif or a .webp, not "{0}"</source>
            <translation>动画只能是 .gif 或 .webp，而不是“{0}”</translation>
        </message>
        <message>
            <source>an array of row numbers, of shape (batches, size)</source>
            <translation>行号数组，形状为 (batches, size)</translation>
        </message>
        <message>
            <source>an attribute must be a number, a list, a text, True, False or None</source>
            <translation>属性必须是数、列表、文字、True、False 或 None</translation>
        </message>
        <message>
            <source>an axis cannot run from {0} to {1}; the first must be the smaller number</source>
            <translation>坐标轴不能从 {0} 到 {1}；前者必须较小</translation>
        </message>
        <message>
            <source>an index must be whole numbers, as in x[0, 1]</source>
            <translation>索引必须是整数，如 x[0, 1]</translation>
        </message>
        <message>
            <source>an option of a rule</source>
            <translation>规则的选项</translation>
        </message>
        <message>
            <source>an own optimizer needs {0}, a text</source>
            <translation>自定义优化器需要文字 {0}</translation>
        </message>
        <message>
            <source>argument {0}: expected one argument</source>
            <translation>参数 {0}：需要一个值</translation>
        </message>
        <message>
            <source>argument {0}: invalid choice: {1} (choose from {2})</source>
            <translation>参数 {0}：无效的选择 {1}（可选 {2}）</translation>
        </message>
        <message>
            <source>argument {0}: not allowed with argument {1}</source>
            <translation>参数 {0}：不能与参数 {1} 同用</translation>
        </message>
        <message>
            <source>argument {0}: {1}</source>
            <translation>参数 {0}：{1}</translation>
        </message>
        <message>
            <source>arithmetic</source>
            <translation>算术</translation>
        </message>
        <message>
            <source>armijo</source>
            <translation>Armijo</translation>
        </message>
        <message>
            <source>at least {0} and at most {1}</source>
            <translation>至少为 {0} 且至多为 {1}</translation>
        </message>
        <message>
            <source>at least {0} and below {1}</source>
            <translation>至少为 {0} 且小于 {1}</translation>
        </message>
        <message>
            <source>at most {0}</source>
            <translation>至多为 {0}</translation>
        </message>
        <message>
            <source>at must be {0} numbers, one for each coordinate, not shape {1}</source>
            <translation>at 必须是 {0} 个数，每个坐标一个，而不是形状 {1}</translation>
        </message>
        <message>
            <source>at must have shape ({0},), one number for each coordinate, not {1}</source>
            <translation>at 的形状必须是 ({0},)，每个坐标一个数，而不是 {1}</translation>
        </message>
        <message>
            <source>average decay</source>
            <translation>路径平均的衰减</translation>
        </message>
        <message>
            <source>average over axes</source>
            <translation>沿轴求平均</translation>
        </message>
        <message>
            <source>averaging</source>
            <translation>平均</translation>
        </message>
        <message>
            <source>axes in another order</source>
            <translation>轴的另一种次序</translation>
        </message>
        <message>
            <source>axes {0} must name each axis of shape {1} once</source>
            <translation>axes {0} 必须把形状 {1} 的每个轴各列出一次</translation>
        </message>
        <message>
            <source>axis must be one axis, not all</source>
            <translation>axis 必须是一个轴，而不是全部</translation>
        </message>
        <message>
            <source>axis must be one axis, not {0}</source>
            <translation>axis 必须是一个轴，而不是 {0}</translation>
        </message>
        <message>
            <source>axis {0} does not exist in shape {1}</source>
            <translation>形状 {1} 中不存在轴 {0}</translation>
        </message>
        <message>
            <source>axis {0} names an axis twice</source>
            <translation>axis {0} 重复列出了同一个轴</translation>
        </message>
        <message>
            <source>b</source>
            <translation>b</translation>
        </message>
        <message>
            <source>backtracking</source>
            <translation>回溯</translation>
        </message>
        <message>
            <source>batch order</source>
            <translation>批次顺序</translation>
        </message>
        <message>
            <source>batch size</source>
            <translation>批大小</translation>
        </message>
        <message>
            <source>batch_order must be a name, such as "shuffle", not {0}</source>
            <translation>batch_order 必须是名称，例如 "shuffle"，而不是 {0}</translation>
        </message>
        <message>
            <source>batch_scores must name data with a number for each row ({0}), not {1}</source>
            <translation>batch_scores 必须是每行一个数的数据（{0}），而不是 {1}</translation>
        </message>
        <message>
            <source>batch_scores: {0} has {1} numbers a row; one is right</source>
            <translation>batch_scores：{0} 每行有 {1} 个数；应为一个</translation>
        </message>
        <message>
            <source>batch_size must be a whole number from 1 to {0}, not {1}</source>
            <translation>batch_size 必须是 1 到 {0} 的整数，而不是 {1}</translation>
        </message>
        <message>
            <source>batch_size needs leaves of kind data with rows; this graph has none</source>
            <translation>batch_size 需要带有多行的 data 叶节点；此图没有</translation>
        </message>
        <message>
            <source>batches are drawn from leaves of kind data with rows; this graph has none</source>
            <translation>批从带有多行的 data 叶节点中抽取；此图没有</translation>
        </message>
        <message>
            <source>batches need at least one row, not {0}</source>
            <translation>批至少需要一行，而不是 {0}</translation>
        </message>
        <message>
            <source>begin again with the gradient so often; 0 = after n steps</source>
            <translation>每隔这么多步重新从梯度开始；0 = 每 n 步</translation>
        </message>
        <message>
            <source>below {0}</source>
            <translation>小于 {0}</translation>
        </message>
        <message>
            <source>bent down</source>
            <translation>弯曲向下处</translation>
        </message>
        <message>
            <source>beta</source>
            <translation>beta</translation>
        </message>
        <message>
            <source>beta1</source>
            <translation>beta1</translation>
        </message>
        <message>
            <source>beta2</source>
            <translation>beta2</translation>
        </message>
        <message>
            <source>beta2 decay</source>
            <translation>beta2 衰减</translation>
        </message>
        <message>
            <source>beta3</source>
            <translation>beta3</translation>
        </message>
        <message>
            <source>block size</source>
            <translation>块大小</translation>
        </message>
        <message>
            <source>both axes are the same hyper-parameter; choose two, or nothing for y</source>
            <translation>两个轴是同一个超参数；请选择两个不同的，或让 y 为空</translation>
        </message>
        <message>
            <source>bounds the first bets</source>
            <translation>限制最初的赌注</translation>
        </message>
        <message>
            <source>c</source>
            <translation>c</translation>
        </message>
        <message>
            <source>cannot be written as JSON: {0}</source>
            <translation>无法写成 JSON：{0}</translation>
        </message>
        <message>
            <source>cannot read {0}: {1}</source>
            <translation>无法读取 {0}：{1}</translation>
        </message>
        <message>
            <source>cannot save {0}: it is no ordinary file; choose another name</source>
            <translation>无法保存 {0}：它不是普通文件；请换一个名称</translation>
        </message>
        <message>
            <source>cannot save {0}: {1}</source>
            <translation>无法保存 {0}：{1}</translation>
        </message>
        <message>
            <source>cannot write {0}: {1}</source>
            <translation>无法写入 {0}：{1}</translation>
        </message>
        <message>
            <source>cautious</source>
            <translation>谨慎</translation>
        </message>
        <message>
            <source>center must be {0} finite numbers, one for each coordinate, not {1}</source>
            <translation>center 必须是 {0} 个有限的数，每个坐标一个，而不是 {1}</translation>
        </message>
        <message>
            <source>centered</source>
            <translation>中心化</translation>
        </message>
        <message>
            <source>change only after whole turns</source>
            <translation>只在整圈之后改变</translation>
        </message>
        <message>
            <source>choice</source>
            <translation>选择</translation>
        </message>
        <message>
            <source>climb instead of descend: follow +gradient</source>
            <translation>上升而不是下降：沿 +梯度</translation>
        </message>
        <message>
            <source>clip norm</source>
            <translation>按范数裁剪</translation>
        </message>
        <message>
            <source>clip threshold</source>
            <translation>裁剪阈值</translation>
        </message>
        <message>
            <source>clip value</source>
            <translation>按值裁剪</translation>
        </message>
        <message>
            <source>clip: min {0} lies above max {1}</source>
            <translation>clip：min {0} 大于 max {1}</translation>
        </message>
        <message>
            <source>coefficient of the iteration: fifth power</source>
            <translation>迭代的系数：五次幂</translation>
        </message>
        <message>
            <source>coefficient of the iteration: first power</source>
            <translation>迭代的系数：一次幂</translation>
        </message>
        <message>
            <source>coefficient of the iteration: third power</source>
            <translation>迭代的系数：三次幂</translation>
        </message>
        <message>
            <source>compare two values with &lt; or &gt;, or call equal(a, b)</source>
            <translation>比较两个值请用 &lt; 或 &gt;，或调用 equal(a, b)</translation>
        </message>
        <message>
            <source>computing took longer than {0} s</source>
            <translation>计算时间超过 {0} 秒</translation>
        </message>
        <message>
            <source>concatenate joins tensors along an axis that they have; a scalar has none (reshape it to (1,))</source>
            <translation>concatenate 沿已有的轴拼接张量；标量没有轴（请变形为 (1,)）</translation>
        </message>
        <message>
            <source>concatenate needs at least one input</source>
            <translation>concatenate 至少需要一个输入</translation>
        </message>
        <message>
            <source>condition must be a number greater than 0, not {0}</source>
            <translation>condition 必须是大于 0 的数，而不是 {0}</translation>
        </message>
        <message>
            <source>convention</source>
            <translation>约定</translation>
        </message>
        <message>
            <source>converged</source>
            <translation>已收敛</translation>
        </message>
        <message>
            <source>cooldown</source>
            <translation>冷却</translation>
        </message>
        <message>
            <source>coordinates</source>
            <translation>个坐标</translation>
        </message>
        <message>
            <source>corrected</source>
            <translation>修正</translation>
        </message>
        <message>
            <source>cosine</source>
            <translation>余弦</translation>
        </message>
        <message>
            <source>cosine (radians)</source>
            <translation>余弦（弧度）</translation>
        </message>
        <message>
            <source>cross_entropy needs logits of shape (classes,) or (rows, classes) and a target of the same shape, not {0} and {1}</source>
            <translation>cross_entropy 需要形状为 (类别数,) 或 (行数, 类别数) 的 logits 和同样形状的目标，而不是 {0} 和 {1}</translation>
        </message>
        <message>
            <source>curved or straight</source>
            <translation>曲线或直线</translation>
        </message>
        <message>
            <source>cut every gradient coordinate to this size; 0 = never</source>
            <translation>把梯度的每个坐标截到此大小；0 = 从不</translation>
        </message>
        <message>
            <source>cycle warmup</source>
            <translation>周期预热</translation>
        </message>
        <message>
            <source>cycles</source>
            <translation>个周期</translation>
        </message>
        <message>
            <source>cyclic</source>
            <translation>轮流</translation>
        </message>
        <message>
            <source>d coef</source>
            <translation>d coef</translation>
        </message>
        <message>
            <source>d0</source>
            <translation>d0</translation>
        </message>
        <message>
            <source>dampening</source>
            <translation>阻尼</translation>
        </message>
        <message>
            <source>decay</source>
            <translation>衰减</translation>
        </message>
        <message>
            <source>decoupled weight decay</source>
            <translation>解耦权重衰减</translation>
        </message>
        <message>
            <source>delayed</source>
            <translation>延迟</translation>
        </message>
        <message>
            <source>directions lead through at least two coordinates; the graph has {0}</source>
            <translation>方向至少穿过两个坐标；此图有 {0} 个</translation>
        </message>
        <message>
            <source>disk quota exceeded</source>
            <translation>超出磁盘配额</translation>
        </message>
        <message>
            <source>distance from zero</source>
            <translation>到零的距离</translation>
        </message>
        <message>
            <source>diverged</source>
            <translation>发散</translation>
        </message>
        <message>
            <source>divide by the largest v so far, so that steps never grow again</source>
            <translation>除以到目前为止最大的 v，使步子不再变大</translation>
        </message>
        <message>
            <source>divide by the standard deviation: subtract the squared mean gradient</source>
            <translation>除以标准差：减去梯度均值的平方</translation>
        </message>
        <message>
            <source>dot takes vectors or matrices, not {0} and {1}</source>
            <translation>dot 接受向量或矩阵，而不是 {0} 和 {1}</translation>
        </message>
        <message>
            <source>down</source>
            <translation>下降</translation>
        </message>
        <message>
            <source>down to the lowest point, or learning_rate·g</source>
            <translation>走到最低点，或走 learning_rate·g</translation>
        </message>
        <message>
            <source>e to the power x</source>
            <translation>e 的 x 次幂</translation>
        </message>
        <message>
            <source>each cycle is so many times as long as the last</source>
            <translation>每个周期的长度是前一个的这么多倍</translation>
        </message>
        <message>
            <source>each peak is so many times as high as the last</source>
            <translation>每个峰的高度是前一个的这么多倍</translation>
        </message>
        <message>
            <source>each triangle is so many times as high as the last</source>
            <translation>每个三角的高度是前一个的这么多倍</translation>
        </message>
        <message>
            <source>end</source>
            <translation>终值</translation>
        </message>
        <message>
            <source>end offset</source>
            <translation>终点偏移</translation>
        </message>
        <message>
            <source>eps is {0}, but must be at least 0</source>
            <translation>eps 为 {0}，但必须至少为 0</translation>
        </message>
        <message>
            <source>epsilon</source>
            <translation>epsilon</translation>
        </message>
        <message>
            <source>epsilon added outside or inside the square root</source>
            <translation>epsilon 加在平方根之外或之内</translation>
        </message>
        <message>
            <source>epsilon added to |g| or to the norm</source>
            <translation>epsilon 加到 |g| 上，或加到范数上</translation>
        </message>
        <message>
            <source>epsilon place</source>
            <translation>epsilon 位置</translation>
        </message>
        <message>
            <source>epsilon root</source>
            <translation>根内 epsilon</translation>
        </message>
        <message>
            <source>epsilon1</source>
            <translation>epsilon1</translation>
        </message>
        <message>
            <source>epsilon1 as a floor, or added to g²</source>
            <translation>epsilon1 作为下限，或加到 g² 上</translation>
        </message>
        <message>
            <source>epsilon2</source>
            <translation>epsilon2</translation>
        </message>
        <message>
            <source>eta minus</source>
            <translation>eta 减</translation>
        </message>
        <message>
            <source>eta plus</source>
            <translation>eta 增</translation>
        </message>
        <message>
            <source>evaluations</source>
            <translation>次求值</translation>
        </message>
        <message>
            <source>every</source>
            <translation>间隔</translation>
        </message>
        <message>
            <source>every element of a times every element of b</source>
            <translation>a 的每个元素乘以 b 的每个元素</translation>
        </message>
        <message>
            <source>every line must read `name = expression`</source>
            <translation>每一行都要写成 `名称 = 表达式`</translation>
        </message>
        <message>
            <source>every optimizer has an option {0} already; choose another name</source>
            <translation>每个优化器都已有选项 {0}；请换一个名称</translation>
        </message>
        <message>
            <source>exact</source>
            <translation>精确</translation>
        </message>
        <message>
            <source>exp(x) scaled to sum to 1</source>
            <translation>exp(x) 缩放到总和为 1</translation>
        </message>
        <message>
            <source>exp(x) − 1, exact for small x</source>
            <translation>exp(x) − 1，x 很小时也精确</translation>
        </message>
        <message>
            <source>expected one argument</source>
            <translation>需要一个值</translation>
        </message>
        <message>
            <source>exponent of the sum of squares in the step</source>
            <translation>步子中平方和的指数</translation>
        </message>
        <message>
            <source>exponent with which the step falls</source>
            <translation>步长下降的指数</translation>
        </message>
        <message>
            <source>factor</source>
            <translation>因子</translation>
        </message>
        <message>
            <source>factor each time</source>
            <translation>每次的因子</translation>
        </message>
        <message>
            <source>factor for each turn</source>
            <translation>每圈的因子</translation>
        </message>
        <message>
            <source>factor on a step that was too long</source>
            <translation>步子太长时的因子</translation>
        </message>
        <message>
            <source>factor on the estimate</source>
            <translation>估计值的因子</translation>
        </message>
        <message>
            <source>factor on the estimated step; leave it at 1</source>
            <translation>估计步长的因子；请保持为 1</translation>
        </message>
        <message>
            <source>factor on the gradient</source>
            <translation>梯度的因子</translation>
        </message>
        <message>
            <source>factor on the step, or the first step of the search</source>
            <translation>步长的因子，或搜索的第一步</translation>
        </message>
        <message>
            <source>factor on the step; leave it at 1</source>
            <translation>步长的因子；请保持为 1</translation>
        </message>
        <message>
            <source>factor when the gradient changes sign</source>
            <translation>梯度变号时的因子</translation>
        </message>
        <message>
            <source>factor while it keeps its sign</source>
            <translation>梯度保持符号时的因子</translation>
        </message>
        <message>
            <source>factored</source>
            <translation>分解</translation>
        </message>
        <message>
            <source>file name too long</source>
            <translation>文件名过长</translation>
        </message>
        <message>
            <source>finite and at least {0}</source>
            <translation>有限且至少为 {0}</translation>
        </message>
        <message>
            <source>first estimate of the distance to the minimum</source>
            <translation>到极小值距离的最初估计</translation>
        </message>
        <message>
            <source>first move</source>
            <translation>首次移动</translation>
        </message>
        <message>
            <source>fixed</source>
            <translation>固定</translation>
        </message>
        <message>
            <source>floor</source>
            <translation>下限</translation>
        </message>
        <message>
            <source>formula</source>
            <translation>公式</translation>
        </message>
        <message>
            <source>function</source>
            <translation>函数</translation>
        </message>
        <message>
            <source>gamma</source>
            <translation>gamma</translation>
        </message>
        <message>
            <source>gamma {0} and beta {1} do not fit {2}</source>
            <translation>gamma {0} 与 beta {1} 不适合 {2}</translation>
        </message>
        <message>
            <source>gammas</source>
            <translation>各 gamma</translation>
        </message>
        <message>
            <source>given data, such as inputs and targets</source>
            <translation>给定的数据，如输入与目标</translation>
        </message>
        <message>
            <source>gradient</source>
            <translation>梯度</translation>
        </message>
        <message>
            <source>gradients</source>
            <translation>梯度</translation>
        </message>
        <message>
            <source>graph</source>
            <translation>计算图</translation>
        </message>
        <message>
            <source>half the sum of squared errors</source>
            <translation>误差平方和的一半</translation>
        </message>
        <message>
            <source>halve jumps that do not lead down, or not</source>
            <translation>不能下降的跳跃是否减半</translation>
        </message>
        <message>
            <source>history size</source>
            <translation>历史长度</translation>
        </message>
        <message>
            <source>holds half of a character (a lone surrogate)</source>
            <translation>含有半个字符（孤立的代理项）</translation>
        </message>
        <message>
            <source>how fast</source>
            <translation>快慢</translation>
        </message>
        <message>
            <source>how fast it grows</source>
            <translation>增长的快慢</translation>
        </message>
        <message>
            <source>how long a turn lasts</source>
            <translation>一圈的长度</translation>
        </message>
        <message>
            <source>how long each turn lasts</source>
            <translation>每圈的长度</translation>
        </message>
        <message>
            <source>how long it falls; 0 = as long as it rises</source>
            <translation>下降的时长；0 = 与上升一样长</translation>
        </message>
        <message>
            <source>how long it rises</source>
            <translation>上升的时长</translation>
        </message>
        <message>
            <source>how long to wait for a lower loss</source>
            <translation>等待更低损失的时长</translation>
        </message>
        <message>
            <source>how many count as one step</source>
            <translation>几个坐标算作一步</translation>
        </message>
        <message>
            <source>how many move together</source>
            <translation>几个坐标一起移动</translation>
        </message>
        <message>
            <source>how many moves are remembered</source>
            <translation>记住多少次移动</translation>
        </message>
        <message>
            <source>how many, the last one's end stays; 0 = for ever</source>
            <translation>周期数，最后一个的终值保持不变；0 = 永远循环</translation>
        </message>
        <message>
            <source>how much lower it must be, as a share</source>
            <translation>必须低多少，按比例</translation>
        </message>
        <message>
            <source>how near the average gradients are taken: 0 at the moving point z, 1 at the average</source>
            <translation>在多靠近平均点处取梯度：0 在移动点 z，1 在平均点</translation>
        </message>
        <message>
            <source>how often the curvature is measured</source>
            <translation>多久测量一次曲率</translation>
        </message>
        <message>
            <source>how soon steps are cut: smaller cuts more</source>
            <translation>步子多快被截断：越小截得越多</translation>
        </message>
        <message>
            <source>huber: delta is {0}, but must be above 0</source>
            <translation>huber：delta 为 {0}，但必须大于 0</translation>
        </message>
        <message>
            <source>hyperbolic tangent</source>
            <translation>双曲正切</translation>
        </message>
        <message>
            <source>in turn, or the one with the largest gradient</source>
            <translation>依次轮流，或取梯度最大者</translation>
        </message>
        <message>
            <source>index {0} has more entries than shape {1} has axes</source>
            <translation>索引 {0} 的项数多于形状 {1} 的轴数</translation>
        </message>
        <message>
            <source>index {0} lies outside axis {1} of shape {2}</source>
            <translation>索引 {0} 超出形状 {2} 的轴 {1}</translation>
        </message>
        <message>
            <source>initial accumulator</source>
            <translation>累积初值</translation>
        </message>
        <message>
            <source>input/output error</source>
            <translation>输入/输出错误</translation>
        </message>
        <message>
            <source>inside</source>
            <translation>之内</translation>
        </message>
        <message>
            <source>inside both roots; also sets the size of the first step</source>
            <translation>在两个根之内；也决定第一步的大小</translation>
        </message>
        <message>
            <source>invalid syntax: a name, a number or an operation is missing here, or one too many</source>
            <translation>语法错误：这里缺少名称、数字或运算符，或者多了一个</translation>
        </message>
        <message>
            <source>inverse tangent, in radians</source>
            <translation>反正切，单位为弧度</translation>
        </message>
        <message>
            <source>is a directory</source>
            <translation>是一个文件夹</translation>
        </message>
        <message>
            <source>is missing</source>
            <translation>缺失</translation>
        </message>
        <message>
            <source>is missing; a gdstudio document has "format": "{0}"</source>
            <translation>缺失；gdstudio 文档含有 "format": "{0}"</translation>
        </message>
        <message>
            <source>is missing; a {0} has a number or nested lists of numbers</source>
            <translation>缺失；{0} 含有一个数或嵌套的数列表</translation>
        </message>
        <message>
            <source>is nested more than {0} levels deep</source>
            <translation>嵌套超过 {0} 层</translation>
        </message>
        <message>
            <source>is too large for a float64 number</source>
            <translation>对 float64 来说太大</translation>
        </message>
        <message>
            <source>it creeps along a narrow valley: its steps are tiny, and lower ground is near</source>
            <translation>它沿狭窄的山谷缓慢爬行：步子极小，而更低处就在附近</translation>
        </message>
        <message>
            <source>it is a {0} without a value; give it a number</source>
            <translation>它是没有值的 {0}；请给它一个数</translation>
        </message>
        <message>
            <source>it is held up at a saddle: hardly any gradient, but the loss curves {0} in one direction</source>
            <translation>它停滞在鞍点：几乎没有梯度，但损失沿某个方向仍可改善</translation>
        </message>
        <message>
            <source>it is held up at a {0}: hardly any gradient, but the loss curves {1} in every direction</source>
            <translation>它停滞在{0}处：几乎没有梯度，但损失沿每个方向都可改善</translation>
        </message>
        <message>
            <source>it is held up on a plateau: hardly any gradient, though nothing shows that this is a minimum</source>
            <translation>它停滞在高原：几乎没有梯度，也没有迹象表明这里是极小值</translation>
        </message>
        <message>
            <source>it left for good: from step {0} on it is more than a million times as far out as its start</source>
            <translation>它一去不返：从第 {0} 步起，离原点比起点远一百万倍以上</translation>
        </message>
        <message>
            <source>it lies on a cycle or waits for one; a graph has no cycles, cut one of the wires</source>
            <translation>它处在环路上或在等待环路；计算图不能有环路，请剪断其中一条连线</translation>
        </message>
        <message>
            <source>it moves too slowly: its steps are tiny, the gradient is not</source>
            <translation>它移动得太慢：步子极小，而梯度并不小</translation>
        </message>
        <message>
            <source>it oscillates: its last {0} steps are {1} long together and lead nowhere</source>
            <translation>它在振荡：最后 {0} 步合计长 {1}，却没有前进</translation>
        </message>
        <message>
            <source>it rests at a {0}: nothing higher lies around, loss {1}</source>
            <translation>它停在极大值处：周围没有更高的点，损失 {1}</translation>
        </message>
        <message>
            <source>it rests at a {0}: nothing lower lies around, loss {1}</source>
            <translation>它停在极小值处：周围没有更低的点，损失 {1}</translation>
        </message>
        <message>
            <source>it still moves</source>
            <translation>它仍在移动</translation>
        </message>
        <message>
            <source>it still moves, and the loss is worse than at its start</source>
            <translation>它仍在移动，且损失比起点处更差</translation>
        </message>
        <message>
            <source>it waits for {0}, which has a problem</source>
            <translation>它在等待 {0}，而后者有问题</translation>
        </message>
        <message>
            <source>iterations</source>
            <translation>次迭代</translation>
        </message>
        <message>
            <source>its input {0} is not connected</source>
            <translation>它的输入 {0} 未连接</translation>
        </message>
        <message>
            <source>its input {0} is wired to {1}, which does not exist</source>
            <translation>它的输入 {0} 连接到 {1}，而后者不存在</translation>
        </message>
        <message>
            <source>keep</source>
            <translation>保留</translation>
        </message>
        <message>
            <source>keeps the division away from 0</source>
            <translation>避免除以 0</translation>
        </message>
        <message>
            <source>keeps the root away from 0</source>
            <translation>避免根为 0</translation>
        </message>
        <message>
            <source>l1</source>
            <translation>l1</translation>
        </message>
        <message>
            <source>l2</source>
            <translation>l2</translation>
        </message>
        <message>
            <source>l2 shrinkage</source>
            <translation>l2 收缩</translation>
        </message>
        <message>
            <source>lambd</source>
            <translation>lambd</translation>
        </message>
        <message>
            <source>largest of</source>
            <translation>取最大者</translation>
        </message>
        <message>
            <source>largest over axes (equal ones share the gradient)</source>
            <translation>沿轴取最大（相等者平分梯度）</translation>
        </message>
        <message>
            <source>largest root mean square of a step</source>
            <translation>一步的均方根的上限</translation>
        </message>
        <message>
            <source>largest step</source>
            <translation>最大步长</translation>
        </message>
        <message>
            <source>leaf</source>
            <translation>叶节点</translation>
        </message>
        <message>
            <source>learning rate</source>
            <translation>学习率</translation>
        </message>
        <message>
            <source>learning rate / (1 + this·(t − 1))</source>
            <translation>学习率 / (1 + 此值·(t − 1))</translation>
        </message>
        <message>
            <source>learning rate decay</source>
            <translation>学习率衰减</translation>
        </message>
        <message>
            <source>learning rate power</source>
            <translation>学习率幂次</translation>
        </message>
        <message>
            <source>leave out coordinates where the step points up the gradient</source>
            <translation>略去步子指向梯度上坡方向的坐标</translation>
        </message>
        <message>
            <source>length of a step over the parameter's</source>
            <translation>步长与参数长度之比</translation>
        </message>
        <message>
            <source>length of the average from which its square root is trusted</source>
            <translation>平均到多长时才信任其平方根</translation>
        </message>
        <message>
            <source>length of the first cycle</source>
            <translation>第一个周期的长度</translation>
        </message>
        <message>
            <source>length of the first step, relative to 1 + |x|</source>
            <translation>第一步的长度，相对于 1 + |x|</translation>
        </message>
        <message>
            <source>length of the schedule</source>
            <translation>调度的长度</translation>
        </message>
        <message>
            <source>let the learning rate fall as 1/√t once that is smaller</source>
            <translation>当 1/√t 更小时，让学习率按它下降</translation>
        </message>
        <message>
            <source>let the momentum grow from beta1/2 to beta1</source>
            <translation>让动量从 beta1/2 增长到 beta1</translation>
        </message>
        <message>
            <source>lift</source>
            <translation>抬升</translation>
        </message>
        <message>
            <source>line search</source>
            <translation>线搜索</translation>
        </message>
        <message>
            <source>line {0}, column {1}: {2}</source>
            <translation>第 {0} 行第 {1} 列：{2}</translation>
        </message>
        <message>
            <source>linear</source>
            <translation>线性</translation>
        </message>
        <message>
            <source>linear algebra</source>
            <translation>线性代数</translation>
        </message>
        <message>
            <source>ln(1 + exp(x)), a smooth relu</source>
            <translation>ln(1 + exp(x))，平滑的 relu</translation>
        </message>
        <message>
            <source>ln(1 + x), exact for small x</source>
            <translation>ln(1 + x)，x 很小时也精确</translation>
        </message>
        <message>
            <source>logarithm of softmax</source>
            <translation>softmax 的对数</translation>
        </message>
        <message>
            <source>logarithm of the sum of exponentials</source>
            <translation>指数之和的对数</translation>
        </message>
        <message>
            <source>long</source>
            <translation>长</translation>
        </message>
        <message>
            <source>longer</source>
            <translation>较长</translation>
        </message>
        <message>
            <source>look ahead: step along the velocity as it will be next time</source>
            <translation>前瞻：沿下一刻的速度走</translation>
        </message>
        <message>
            <source>loss</source>
            <translation>损失</translation>
        </message>
        <message>
            <source>low</source>
            <translation>下限</translation>
        </message>
        <message>
            <source>lower</source>
            <translation>较低</translation>
        </message>
        <message>
            <source>makes a cycle: {0}</source>
            <translation>构成环路：{0}</translation>
        </message>
        <message>
            <source>matrix product</source>
            <translation>矩阵乘积</translation>
        </message>
        <message>
            <source>max iter</source>
            <translation>最大迭代数</translation>
        </message>
        <message>
            <source>max step size</source>
            <translation>最大步长</translation>
        </message>
        <message>
            <source>maximize</source>
            <translation>最大化</translation>
        </message>
        <message>
            <source>mean</source>
            <translation>均值</translation>
        </message>
        <message>
            <source>mean absolute error</source>
            <translation>平均绝对误差</translation>
        </message>
        <message>
            <source>mean of max(0, 1 − target · prediction), target ±1</source>
            <translation>max(0, 1 − target · prediction) 的平均，target 为 ±1</translation>
        </message>
        <message>
            <source>mean squared error</source>
            <translation>均方误差</translation>
        </message>
        <message>
            <source>milestones</source>
            <translation>里程碑</translation>
        </message>
        <message>
            <source>min step size</source>
            <translation>最小步长</translation>
        </message>
        <message>
            <source>minimum</source>
            <translation>极小值</translation>
        </message>
        <message>
            <source>minus x</source>
            <translation>负 x</translation>
        </message>
        <message>
            <source>mix the newest gradient in once more</source>
            <translation>再混入一次最新的梯度</translation>
        </message>
        <message>
            <source>momentum</source>
            <translation>动量</translation>
        </message>
        <message>
            <source>momentum as running mean, running sum, or corrected mean</source>
            <translation>动量取滑动平均、累积和，或修正后的平均</translation>
        </message>
        <message>
            <source>momentum decay</source>
            <translation>动量衰减</translation>
        </message>
        <message>
            <source>most that an iteration may take; 0 = 25</source>
            <translation>一次迭代最多可用的次数；0 = 25</translation>
        </message>
        <message>
            <source>moves</source>
            <translation>次移动</translation>
        </message>
        <message>
            <source>must be WIDTHxHEIGHT in pixels, each from {0} to {1}, such as 1600x1000, not "{2}"</source>
            <translation>必须是以像素表示的 宽x高，各为 {0} 到 {1}，例如 1600x1000，而不是“{2}”</translation>
        </message>
        <message>
            <source>must be a finite number, not {0}</source>
            <translation>必须是有限数，而不是 {0}</translation>
        </message>
        <message>
            <source>must be a whole number from {0} to {1}, not "{2}"</source>
            <translation>必须是 {0} 到 {1} 之间的整数，而不是“{2}”</translation>
        </message>
        <message>
            <source>natural logarithm</source>
            <translation>自然对数</translation>
        </message>
        <message>
            <source>nesterov</source>
            <translation>Nesterov</translation>
        </message>
        <message>
            <source>no bundled document "{0}"{1}</source>
            <translation>没有名为 "{0}" 的内置文档{1}</translation>
        </message>
        <message>
            <source>no convention {0}; there are {1}{2}</source>
            <translation>没有约定 {0}；有 {1}{2}</translation>
        </message>
        <message>
            <source>no coordinate "{0}"; the graph has {1}</source>
            <translation>没有坐标 "{0}"；此图有 {1}</translation>
        </message>
        <message>
            <source>no file and no bundled document is called "{0}"{1}</source>
            <translation>没有名为 "{0}" 的文件或内置文档{1}</translation>
        </message>
        <message>
            <source>no finite number</source>
            <translation>没有有限数</translation>
        </message>
        <message>
            <source>no goal is known by these keys: {0}</source>
            <translation>以这些键无法识别任何目标：{0}</translation>
        </message>
        <message>
            <source>no leaf is called "{0}"{1}</source>
            <translation>没有名为 "{0}" 的叶节点{1}</translation>
        </message>
        <message>
            <source>no line assigns x, so this optimizer would never move; end with x = x - ...</source>
            <translation>没有一行给 x 赋值，这个优化器永远不会移动；请以 x = x - ... 结尾</translation>
        </message>
        <message>
            <source>no number</source>
            <translation>没有数</translation>
        </message>
        <message>
            <source>no operation {0}{1}</source>
            <translation>没有运算 {0}{1}</translation>
        </message>
        <message>
            <source>no optimizer {0}{1}</source>
            <translation>没有优化器 {0}{1}</translation>
        </message>
        <message>
            <source>no racer has an option {0} that is a number</source>
            <translation>没有选手具有数值选项 {0}</translation>
        </message>
        <message>
            <source>no racer is called "{0}"{1}</source>
            <translation>没有名为 "{0}" 的选手{1}</translation>
        </message>
        <message>
            <source>no racer takes part; add one or switch one on</source>
            <translation>没有选手参赛；请添加一位或让一位参赛</translation>
        </message>
        <message>
            <source>no real number</source>
            <translation>没有实数</translation>
        </message>
        <message>
            <source>no schedule {0}{1}</source>
            <translation>没有调度 {0}{1}</translation>
        </message>
        <message>
            <source>no space left on device</source>
            <translation>设备上没有剩余空间</translation>
        </message>
        <message>
            <source>no step is longer</source>
            <translation>步子不会更长</translation>
        </message>
        <message>
            <source>no step is longer than this times the gradient</source>
            <translation>步子不会长于梯度的这么多倍</translation>
        </message>
        <message>
            <source>no step is shorter</source>
            <translation>步子不会更短</translation>
        </message>
        <message>
            <source>no such file or directory</source>
            <translation>没有这个文件或文件夹</translation>
        </message>
        <message>
            <source>noise</source>
            <translation>噪声</translation>
        </message>
        <message>
            <source>noise is a standard deviation and must not be negative, not {0}</source>
            <translation>噪声是标准差，不能为负，而不是 {0}</translation>
        </message>
        <message>
            <source>none</source>
            <translation>无</translation>
        </message>
        <message>
            <source>norm</source>
            <translation>范数</translation>
        </message>
        <message>
            <source>normalisation needs a tensor, not a scalar</source>
            <translation>归一化需要张量，而不是标量</translation>
        </message>
        <message>
            <source>normalise</source>
            <translation>归一化</translation>
        </message>
        <message>
            <source>normalised by given running averages</source>
            <translation>用给定的滑动平均归一化</translation>
        </message>
        <message>
            <source>normalised over the last axis</source>
            <translation>沿最后一个轴归一化</translation>
        </message>
        <message>
            <source>normalised over the rows of the batch (axis 0)</source>
            <translation>沿批的各行（轴 0）归一化</translation>
        </message>
        <message>
            <source>not a directory</source>
            <translation>不是文件夹</translation>
        </message>
        <message>
            <source>not a gdstudio document: a number has too many digits</source>
            <translation>不是 gdstudio 文档：有一个数的位数太多</translation>
        </message>
        <message>
            <source>not a gdstudio document: byte {0} is not UTF-8 text</source>
            <translation>不是 gdstudio 文档：第 {0} 字节不是 UTF-8 文字</translation>
        </message>
        <message>
            <source>not a gdstudio document: it is empty</source>
            <translation>不是 gdstudio 文档：文件为空</translation>
        </message>
        <message>
            <source>not a gdstudio document: it must be an object with format, version and graph</source>
            <translation>不是 gdstudio 文档：它必须是含有 format、version 和 graph 的对象</translation>
        </message>
        <message>
            <source>not a gdstudio document: line {0}, column {1}: {2}</source>
            <translation>不是 gdstudio 文档：第 {0} 行第 {1} 列：{2}</translation>
        </message>
        <message>
            <source>not a gdstudio document: nested too deeply</source>
            <translation>不是 gdstudio 文档：嵌套太深</translation>
        </message>
        <message>
            <source>not a literal</source>
            <translation>不是字面值</translation>
        </message>
        <message>
            <source>nothing is called {0} (not x, g, t, value, an option, a state or a line before){1}</source>
            <translation>没有任何东西叫 {0}（不是 x、g、t、value、选项、状态或前面的行）{1}</translation>
        </message>
        <message>
            <source>ns steps</source>
            <translation>NS 迭代数</translation>
        </message>
        <message>
            <source>nu</source>
            <translation>nu</translation>
        </message>
        <message>
            <source>nu1</source>
            <translation>nu1</translation>
        </message>
        <message>
            <source>nu2</source>
            <translation>nu2</translation>
        </message>
        <message>
            <source>numbers, or None</source>
            <translation>数，或 None</translation>
        </message>
        <message>
            <source>one element or row</source>
            <translation>一个元素或一行</translation>
        </message>
        <message>
            <source>one of the arguments {0} is required</source>
            <translation>需要参数 {0} 之一</translation>
        </message>
        <message>
            <source>one or two axes, such as ("w", "b")</source>
            <translation>一个或两个轴，例如 ("w", "b")</translation>
        </message>
        <message>
            <source>one or two coordinates can be blurred at once, not {0}; name those to blur</source>
            <translation>一次可以模糊一个或两个坐标，而不是 {0} 个；请指明要模糊哪些</translation>
        </message>
        <message>
            <source>one or two options can be tuned, not {0}</source>
            <translation>可以调优一个或两个选项，而不是 {0} 个</translation>
        </message>
        <message>
            <source>only operations can be called, as in exp(x)</source>
            <translation>只有运算可以调用，如 exp(x)</translation>
        </message>
        <message>
            <source>optax</source>
            <translation>optax</translation>
        </message>
        <message>
            <source>optimizer</source>
            <translation>优化器</translation>
        </message>
        <message>
            <source>options are given by name, in a dict, not by {0}</source>
            <translation>选项按名称以字典给出，而不是 {0}</translation>
        </message>
        <message>
            <source>order</source>
            <translation>顺序</translation>
        </message>
        <message>
            <source>oscillating</source>
            <translation>振荡</translation>
        </message>
        <message>
            <source>outside</source>
            <translation>之外</translation>
        </message>
        <message>
            <source>patience</source>
            <translation>耐心</translation>
        </message>
        <message>
            <source>penalty on x²</source>
            <translation>对 x² 的惩罚</translation>
        </message>
        <message>
            <source>penalty on x² added to the gradient</source>
            <translation>加到梯度上的对 x² 的惩罚</translation>
        </message>
        <message>
            <source>penalty on |x|</source>
            <translation>对 |x| 的惩罚</translation>
        </message>
        <message>
            <source>permission denied</source>
            <translation>权限不足</translation>
        </message>
        <message>
            <source>points and vectors have shapes {0}, which do not fit together</source>
            <translation>点和向量的形状为 {0}，两者不匹配</translation>
        </message>
        <message>
            <source>points hold {0} coordinates in their last axis, not shape {1}</source>
            <translation>点的最后一个轴须含 {0} 个坐标，而不是形状 {1}</translation>
        </message>
        <message>
            <source>positions along the axes have shapes {0}, which do not fit together</source>
            <translation>沿各轴的位置形状为 {0}，彼此不匹配</translation>
        </message>
        <message>
            <source>power</source>
            <translation>幂次</translation>
        </message>
        <message>
            <source>pull towards 0</source>
            <translation>向 0 拉近</translation>
        </message>
        <message>
            <source>pull towards 0, and how fast the step falls</source>
            <translation>向 0 拉近，以及步长下降的快慢</translation>
        </message>
        <message>
            <source>ranges are those of the options that are tuned, {0}, not of {1}</source>
            <translation>范围只能给要调节的选项（{0}），不能给 {1}</translation>
        </message>
        <message>
            <source>ranges must be a (low, high) for each axis, not {0}</source>
            <translation>ranges 必须为每个轴给出 (low, high)，而不是 {0}</translation>
        </message>
        <message>
            <source>read-only file system</source>
            <translation>文件系统为只读</translation>
        </message>
        <message>
            <source>reduce</source>
            <translation>归约</translation>
        </message>
        <message>
            <source>relative step</source>
            <translation>相对步长</translation>
        </message>
        <message>
            <source>rest after each change</source>
            <translation>每次改变后的休息</translation>
        </message>
        <message>
            <source>restart</source>
            <translation>重启</translation>
        </message>
        <message>
            <source>rho</source>
            <translation>rho</translation>
        </message>
        <message>
            <source>rise</source>
            <translation>上升</translation>
        </message>
        <message>
            <source>rise in a straight line at the start of each cycle</source>
            <translation>每个周期开头沿直线上升</translation>
        </message>
        <message>
            <source>rise in a straight line for so many steps first</source>
            <translation>最初这么多步沿直线上升</translation>
        </message>
        <message>
            <source>rise offset</source>
            <translation>上升偏移</translation>
        </message>
        <message>
            <source>rotation must be a finite number of degrees, not {0}</source>
            <translation>rotation 必须是有限的度数，而不是 {0}</translation>
        </message>
        <message>
            <source>round one scalar to 24 bits, where the library keeps it as a float32</source>
            <translation>把一个标量舍入到 24 位，即该库以 float32 保存之处</translation>
        </message>
        <message>
            <source>rounds that even out the singular values</source>
            <translation>使奇异值趋于一致的轮数</translation>
        </message>
        <message>
            <source>rows and columns for matrices; off: one number for every entry</source>
            <translation>矩阵按行与列；关：每个元素一个数</translation>
        </message>
        <message>
            <source>rows are numbered from 0 to {0}, and the batches name others</source>
            <translation>行号从 0 到 {0}，而批次中有其他行号</translation>
        </message>
        <message>
            <source>running</source>
            <translation>进行中</translation>
        </message>
        <message>
            <source>safeguard warmup</source>
            <translation>保护性预热</translation>
        </message>
        <message>
            <source>schedule</source>
            <translation>调度</translation>
        </message>
        <message>
            <source>search</source>
            <translation>搜索</translation>
        </message>
        <message>
            <source>seed</source>
            <translation>种子</translation>
        </message>
        <message>
            <source>seed must be numbers of the output's shape {0}</source>
            <translation>seed 必须是与输出形状 {0} 相同的数</translation>
        </message>
        <message>
            <source>shape</source>
            <translation>形状</translation>
        </message>
        <message>
            <source>shape factor</source>
            <translation>形状因子</translation>
        </message>
        <message>
            <source>shape {0} has no elements to reduce</source>
            <translation>形状 {0} 没有可归约的元素</translation>
        </message>
        <message>
            <source>shape {0} has {1} elements, shape {2} needs {3}</source>
            <translation>形状 {0} 有 {1} 个元素，形状 {2} 需要 {3} 个</translation>
        </message>
        <message>
            <source>shape {0} may hold one -1 and otherwise sizes of at least 0</source>
            <translation>形状 {0} 可以含一个 -1，其余尺寸至少为 0</translation>
        </message>
        <message>
            <source>shapes {0} and {1} differ in more than axis {2}</source>
            <translation>形状 {0} 与 {1} 在轴 {2} 以外也不同</translation>
        </message>
        <message>
            <source>shapes {0} do not fit together: each axis must agree or be 1</source>
            <translation>形状 {0} 不能配合：每个轴必须相同或为 1</translation>
        </message>
        <message>
            <source>share of both averages that is kept</source>
            <translation>两个平均所保留的比例</translation>
        </message>
        <message>
            <source>share of each new gradient kept out of the velocity</source>
            <translation>每个新梯度不进入速度的比例</translation>
        </message>
        <message>
            <source>share of the average of gradient changes that is kept</source>
            <translation>梯度变化的平均所保留的比例</translation>
        </message>
        <message>
            <source>share of the average of scaled gradients that is kept</source>
            <translation>缩放后梯度的平均所保留的比例</translation>
        </message>
        <message>
            <source>share of the curvature average that is kept</source>
            <translation>曲率的平均所保留的比例</translation>
        </message>
        <message>
            <source>share of the estimate's sums that is kept; 0 = √beta2</source>
            <translation>估计值各和所保留的比例；0 = √beta2</translation>
        </message>
        <message>
            <source>share of the full jump</source>
            <translation>完整跳跃的比例</translation>
        </message>
        <message>
            <source>share of the gradient average that is kept</source>
            <translation>梯度的平均所保留的比例</translation>
        </message>
        <message>
            <source>share of the gradient sum that is kept</source>
            <translation>梯度之和所保留的比例</translation>
        </message>
        <message>
            <source>share of the last move that is repeated</source>
            <translation>重复上一次移动的比例</translation>
        </message>
        <message>
            <source>share of the last velocity that is kept</source>
            <translation>上一次速度所保留的比例</translation>
        </message>
        <message>
            <source>share of the long gradient average that is kept</source>
            <translation>梯度的长期平均所保留的比例</translation>
        </message>
        <message>
            <source>share of the mean squared length that is kept</source>
            <translation>均方长度所保留的比例</translation>
        </message>
        <message>
            <source>share of the momentum in the step</source>
            <translation>动量在步子中所占的比例</translation>
        </message>
        <message>
            <source>share of the momentum that is kept</source>
            <translation>动量所保留的比例</translation>
        </message>
        <message>
            <source>share of the promised descent that must be met</source>
            <translation>必须达到的预期下降量的比例</translation>
        </message>
        <message>
            <source>share of the squared average that is kept</source>
            <translation>平方的平均所保留的比例</translation>
        </message>
        <message>
            <source>share of the squared-gradient average that is kept</source>
            <translation>梯度平方的平均所保留的比例</translation>
        </message>
        <message>
            <source>share of the steps that rise</source>
            <translation>上升的步数所占的比例</translation>
        </message>
        <message>
            <source>short</source>
            <translation>短</translation>
        </message>
        <message>
            <source>shorten longer gradients to this length; 0 = never</source>
            <translation>把更长的梯度缩短到此长度；0 = 从不</translation>
        </message>
        <message>
            <source>shrink</source>
            <translation>缩小</translation>
        </message>
        <message>
            <source>shrink x first, out of reach of the stretching</source>
            <translation>先缩小 x，使其不受拉伸影响</translation>
        </message>
        <message>
            <source>shrink x itself by learning_rate·weight_decay; off: add to g</source>
            <translation>让 x 本身按 learning_rate·weight_decay 缩小；关：加到 g 上</translation>
        </message>
        <message>
            <source>sigma is a width and must be a number greater than 0, not {0}</source>
            <translation>sigma 是宽度，必须是大于 0 的数，而不是 {0}</translation>
        </message>
        <message>
            <source>sigma must be one number, or one for each of {0} axes, not {1}</source>
            <translation>sigma 必须是一个数，或 {0} 个轴各一个，而不是 {1}</translation>
        </message>
        <message>
            <source>sigmoid cross-entropy, mean</source>
            <translation>sigmoid 交叉熵，取平均</translation>
        </message>
        <message>
            <source>sine (radians)</source>
            <translation>正弦（弧度）</translation>
        </message>
        <message>
            <source>single precision</source>
            <translation>单精度</translation>
        </message>
        <message>
            <source>size must be a whole number from 1 to {0}, not {1}</source>
            <translation>size 必须是 1 到 {0} 的整数，而不是 {1}</translation>
        </message>
        <message>
            <source>size of a step</source>
            <translation>步子的大小</translation>
        </message>
        <message>
            <source>smallest curvature</source>
            <translation>曲率的下限</translation>
        </message>
        <message>
            <source>smallest curvature, relative to the largest</source>
            <translation>曲率的下限，相对于最大曲率</translation>
        </message>
        <message>
            <source>smallest gradient that counts</source>
            <translation>计入的最小梯度</translation>
        </message>
        <message>
            <source>smallest over axes (equal ones share the gradient)</source>
            <translation>沿轴取最小（相等者平分梯度）</translation>
        </message>
        <message>
            <source>smallest size of a parameter that steps are scaled to</source>
            <translation>步长据以缩放的参数大小的下限</translation>
        </message>
        <message>
            <source>softmax cross-entropy, mean over rows</source>
            <translation>softmax 交叉熵，对各行取平均</translation>
        </message>
        <message>
            <source>square</source>
            <translation>平方</translation>
        </message>
        <message>
            <source>square near 0, straight beyond delta; mean</source>
            <translation>0 附近为平方，超过 delta 为直线；取平均</translation>
        </message>
        <message>
            <source>square root (slope 0 at 0)</source>
            <translation>平方根（在 0 处斜率为 0）</translation>
        </message>
        <message>
            <source>staircase</source>
            <translation>阶梯式</translation>
        </message>
        <message>
            <source>stalled</source>
            <translation>停滞</translation>
        </message>
        <message>
            <source>start</source>
            <translation>起始值</translation>
        </message>
        <message>
            <source>starts must be points of {0} finite numbers, not shape {1}</source>
            <translation>起点必须是 {0} 个有限数组成的点，而不是形状 {1}</translation>
        </message>
        <message>
            <source>starts must have shape {0}, not {1}</source>
            <translation>starts 的形状必须是 {0}，而不是 {1}</translation>
        </message>
        <message>
            <source>steepest</source>
            <translation>最陡</translation>
        </message>
        <message>
            <source>step by the learning rate, or search along the line</source>
            <translation>按学习率走一步，或沿直线搜索</translation>
        </message>
        <message>
            <source>step times √(rows/columns), √(columns/rows), or 0.2·√(longer side) as for AdamW</source>
            <translation>步长乘以 √(行/列)、√(列/行)，或像 AdamW 那样乘以 0.2·√(长边)</translation>
        </message>
        <message>
            <source>steps</source>
            <translation>步</translation>
        </message>
        <message>
            <source>steps must be a whole number of at least 1, not {0}</source>
            <translation>steps 必须是不小于 1 的整数，而不是 {0}</translation>
        </message>
        <message>
            <source>stop when loss and x change less</source>
            <translation>损失与 x 的变化小于此值时停止</translation>
        </message>
        <message>
            <source>stop where no gradient coordinate is larger</source>
            <translation>梯度的坐标都不大于此值时停止</translation>
        </message>
        <message>
            <source>strong_wolfe</source>
            <translation>strong_wolfe</translation>
        </message>
        <message>
            <source>sum</source>
            <translation>总和</translation>
        </message>
        <message>
            <source>sum of the products of the elements; matrices multiply as with @</source>
            <translation>各元素乘积之和；矩阵则按 @ 相乘</translation>
        </message>
        <message>
            <source>sum over axes</source>
            <translation>沿轴求和</translation>
        </message>
        <message>
            <source>s·s / s·y, or the shorter s·y / y·y</source>
            <translation>s·s / s·y，或较短的 s·y / y·y</translation>
        </message>
        <message>
            <source>t to this power is the share of the newest g² in the average</source>
            <translation>t 的这一幂次是最新的 g² 在平均中的份额</translation>
        </message>
        <message>
            <source>t0</source>
            <translation>t0</translation>
        </message>
        <message>
            <source>take each step one step late, as optax 0.2 does</source>
            <translation>每一步都晚走一步，如 optax 0.2</translation>
        </message>
        <message>
            <source>tall</source>
            <translation>高</translation>
        </message>
        <message>
            <source>tangent (radians)</source>
            <translation>正切（弧度）</translation>
        </message>
        <message>
            <source>tensors joined along an axis</source>
            <translation>沿一个轴拼接张量</translation>
        </message>
        <message>
            <source>text, lines such as "loss = x**2"</source>
            <translation>文字，各行形如 "loss = x**2"</translation>
        </message>
        <message>
            <source>text, lines such as "x = x - 0.1*g"</source>
            <translation>文字，各行形如 "x = x - 0.1*g"</translation>
        </message>
        <message>
            <source>text, or None</source>
            <translation>文字，或 None</translation>
        </message>
        <message>
            <source>the attributes of a node are numbers, texts or lists of them by name, in a dict, not {0}</source>
            <translation>节点的属性是按名称给出的数、文字或其列表（字典），而不是 {0}</translation>
        </message>
        <message>
            <source>the batch size must lie between 1 and the {0} rows there are, not {1}</source>
            <translation>批大小必须在 1 与行数 {0} 之间，而不是 {1}</translation>
        </message>
        <message>
            <source>the clipboard holds no nodes that this version can read</source>
            <translation>剪贴板里没有此版本能读取的节点</translation>
        </message>
        <message>
            <source>the condition {0} cannot be read</source>
            <translation>无法读懂条件 {0}</translation>
        </message>
        <message>
            <source>the dataset "{0}" has no column "{1}"; it has {2}</source>
            <translation>数据集 "{0}" 没有列 "{1}"；它有 {2}</translation>
        </message>
        <message>
            <source>the dataset "{0}" has no option "{1}"{2}</source>
            <translation>数据集 "{0}" 没有选项 "{1}"{2}</translation>
        </message>
        <message>
            <source>the dataset of a data node is given by its name, not by {0}</source>
            <translation>数据节点的数据集由名称给出，而不是 {0}</translation>
        </message>
        <message>
            <source>the default of the option {0} is a number, true or false, not {1}</source>
            <translation>选项 {0} 的默认值是数、true 或 false，而不是 {1}</translation>
        </message>
        <message>
            <source>the derivative of {0} by {1} holds {2} numbers; at most {3} are computed</source>
            <translation>{0} 对 {1} 的导数有 {2} 个数；最多计算 {3} 个</translation>
        </message>
        <message>
            <source>the document has no file yet; choose one</source>
            <translation>文档还没有文件；请选择一个</translation>
        </message>
        <message>
            <source>the document has no racer that is switched on, so there is nothing to race</source>
            <translation>文档中没有启用的参赛者，因此没有竞赛可运行</translation>
        </message>
        <message>
            <source>the error function</source>
            <translation>误差函数</translation>
        </message>
        <message>
            <source>the expression is nested too deeply; write it in several lines</source>
            <translation>表达式嵌套太深；请分成几行来写</translation>
        </message>
        <message>
            <source>the field is empty</source>
            <translation>该栏为空</translation>
        </message>
        <message>
            <source>the first factor</source>
            <translation>第一个因子</translation>
        </message>
        <message>
            <source>the first step of each line search</source>
            <translation>每次线搜索的第一步</translation>
        </message>
        <message>
            <source>the first step of every coordinate</source>
            <translation>每个坐标的第一步</translation>
        </message>
        <message>
            <source>the first step of the search</source>
            <translation>搜索的第一步</translation>
        </message>
        <message>
            <source>the first step that is tried</source>
            <translation>首先尝试的一步</translation>
        </message>
        <message>
            <source>the first step, and wherever the surface bends down</source>
            <translation>第一步，以及曲面向下弯曲处的步</translation>
        </message>
        <message>
            <source>the following arguments are required: {0}</source>
            <translation>缺少必需的参数：{0}</translation>
        </message>
        <message>
            <source>the formula is empty; write at least one line, such as loss = x**2</source>
            <translation>公式为空；至少写一行，例如 loss = x**2</translation>
        </message>
        <message>
            <source>the fraction for training must lie between 0 and 1, not {0}</source>
            <translation>训练所占的比例必须在 0 与 1 之间，而不是 {0}</translation>
        </message>
        <message>
            <source>the graph has no output; choose the node that is the loss</source>
            <translation>计算图没有输出；请选择作为损失的节点</translation>
        </message>
        <message>
            <source>the graph has no parameter, so its loss has nothing to vary; add a parameter node</source>
            <translation>计算图没有参数，损失无可变化；请添加一个参数节点</translation>
        </message>
        <message>
            <source>the graph has no parameter; make one of its leaves a parameter, so that something can move</source>
            <translation>计算图没有参数；请把某个叶节点设为参数，这样才有东西可以移动</translation>
        </message>
        <message>
            <source>the graph is empty; begin with a parameter and an operation on it</source>
            <translation>计算图是空的；请从一个参数和一个作用于它的运算开始</translation>
        </message>
        <message>
            <source>the heading "{0}" occurs twice</source>
            <translation>列标题 "{0}" 出现了两次</translation>
        </message>
        <message>
            <source>the initial value of the state {0} is a number or a formula, not {1}</source>
            <translation>状态 {0} 的初值是数或公式，而不是 {1}</translation>
        </message>
        <message>
            <source>the inputs of a node are ids by slot, or None, in a tuple, not {0}</source>
            <translation>节点的输入是按插槽排列的 id 或 None（元组），而不是 {0}</translation>
        </message>
        <message>
            <source>the larger of a and b</source>
            <translation>a 与 b 中较大者</translation>
        </message>
        <message>
            <source>the largest whole number up to x</source>
            <translation>不大于 x 的最大整数</translation>
        </message>
        <message>
            <source>the last factor</source>
            <translation>最后的因子</translation>
        </message>
        <message>
            <source>the left side of = must be one name</source>
            <translation>= 的左边必须是一个名称</translation>
        </message>
        <message>
            <source>the loss at the minimum</source>
            <translation>极小值处的损失</translation>
        </message>
        <message>
            <source>the loss at the start is not a finite number</source>
            <translation>起点处的损失不是有限数</translation>
        </message>
        <message>
            <source>the loss stopped being a finite number after step {0}</source>
            <translation>第 {0} 步之后损失不再是有限数</translation>
        </message>
        <message>
            <source>the lowest factor</source>
            <translation>最小的因子</translation>
        </message>
        <message>
            <source>the name "{0}" is taken; another is needed</source>
            <translation>名称 "{0}" 已被使用；需要另一个</translation>
        </message>
        <message>
            <source>the names of options are texts; these are not: {0}</source>
            <translation>选项的名称是文本；这些不是：{0}</translation>
        </message>
        <message>
            <source>the op of a node is a name, such as "add", not {0}</source>
            <translation>节点的 op 是名称，例如 "add"，而不是 {0}</translation>
        </message>
        <message>
            <source>the operators are + - * / ** @ &lt; and &gt;</source>
            <translation>运算符有 + - * / ** @ &lt; 和 &gt;</translation>
        </message>
        <message>
            <source>the option "{0}" of the dataset "{1}" must be a number, not {2}</source>
            <translation>数据集 "{1}" 的选项 "{0}" 必须是数，而不是 {2}</translation>
        </message>
        <message>
            <source>the order of batches is one of {0}, not {1}</source>
            <translation>批的顺序是 {0} 之一，而不是 {1}</translation>
        </message>
        <message>
            <source>the output {0} has shape {1}, but a loss is one number; reduce it, for example with sum or mean</source>
            <translation>输出 {0} 的形状为 {1}，而损失是一个数；请归约它，例如用 sum 或 mean</translation>
        </message>
        <message>
            <source>the output {0} is no node of the graph{1}</source>
            <translation>输出 {0} 不是计算图的节点{1}</translation>
        </message>
        <message>
            <source>the paths have different numbers of coordinates; take those of one race</source>
            <translation>各路径的坐标数不同；请取同一场竞赛的路径</translation>
        </message>
        <message>
            <source>the point must be {0} numbers, one for each coordinate, not shape {1}</source>
            <translation>点必须是 {0} 个数，每个坐标一个，而不是形状 {1}</translation>
        </message>
        <message>
            <source>the race has steps 0 to {0}, not {1}</source>
            <translation>这场竞赛的步从 0 到 {0}，没有第 {1} 步</translation>
        </message>
        <message>
            <source>the race was run on another program; their coordinates differ</source>
            <translation>这场比赛是在另一个程序上进行的；两者的坐标不同</translation>
        </message>
        <message>
            <source>the result of a race</source>
            <translation>竞赛的结果</translation>
        </message>
        <message>
            <source>the same elements in another shape</source>
            <translation>同样的元素排成另一种形状</translation>
        </message>
        <message>
            <source>the shape of a parameter is given by its sizes, such as (3, 4), not by {0}</source>
            <translation>参数的形状由各轴大小给出，例如 (3, 4)，而不是 {0}</translation>
        </message>
        <message>
            <source>the slice {0} of axis {1} of shape {2} must begin and end, in this order, between 0 and {3}</source>
            <translation>形状为 {2} 的张量在轴 {1} 上的切片 {0} 必须依次在 0 与 {3} 之间开始和结束</translation>
        </message>
        <message>
            <source>the smaller of a and b</source>
            <translation>a 与 b 中较小者</translation>
        </message>
        <message>
            <source>the tangent of {0} must be one number or have its shape {1}, not {2}</source>
            <translation>{0} 的切向量必须是一个数，或具有它的形状 {1}，而不是 {2}</translation>
        </message>
        <message>
            <source>the template does not take the shape {0} of {1}</source>
            <translation>模板不接受 {1} 的形状 {0}</translation>
        </message>
        <message>
            <source>the text has {0} characters; at most {1} are read</source>
            <translation>文字有 {0} 个字符；最多读取 {1} 个</translation>
        </message>
        <message>
            <source>the text holds a null character</source>
            <translation>文字中含有空字符</translation>
        </message>
        <message>
            <source>the textbook</source>
            <translation>教科书</translation>
        </message>
        <message>
            <source>the two axes are the same direction; choose two different ones</source>
            <translation>两个轴是同一方向；请选择两个不同的方向</translation>
        </message>
        <message>
            <source>the value of a node is an array of numbers, such as leaf_value makes it, not {0}</source>
            <translation>节点的值是数的数组（由 leaf_value 生成），而不是 {0}</translation>
        </message>
        <message>
            <source>there already is a node called {0}; choose another name</source>
            <translation>已有名为 {0} 的节点；请换一个名称</translation>
        </message>
        <message>
            <source>there are about {0} values in it; at most {1} are read</source>
            <translation>其中约有 {0} 个值；最多读取 {1} 个</translation>
        </message>
        <message>
            <source>there are {0}; at most {1} are allowed</source>
            <translation>有 {0} 个；最多允许 {1} 个</translation>
        </message>
        <message>
            <source>there is no coordinate {0}; this graph has {1}</source>
            <translation>没有坐标 {0}；此图有 {1}</translation>
        </message>
        <message>
            <source>there is no dataset "{0}"{1}</source>
            <translation>没有数据集 "{0}"{1}</translation>
        </message>
        <message>
            <source>there is no folder {0} to write {1} to</source>
            <translation>没有文件夹 {0}，无法写入 {1}</translation>
        </message>
        <message>
            <source>there is no hyper-parameter to sweep; choose a racer that has one</source>
            <translation>没有可扫描的超参数；请选择有超参数的选手</translation>
        </message>
        <message>
            <source>there is no node {0}{1}</source>
            <translation>没有节点 {0}{1}</translation>
        </message>
        <message>
            <source>there is no operation "{0}"</source>
            <translation>没有运算 "{0}"</translation>
        </message>
        <message>
            <source>there is no operation {0}{1}</source>
            <translation>没有运算 {0}{1}</translation>
        </message>
        <message>
            <source>there is no path with finite points to find directions in; run a race first</source>
            <translation>没有由有限点构成的路径可供寻找方向；请先运行一场竞赛</translation>
        </message>
        <message>
            <source>there is no race to play; add a racer or switch one on</source>
            <translation>没有可播放的竞赛；请添加一位选手或让一位参赛</translation>
        </message>
        <message>
            <source>there is no race whose main directions could be the axes; add a racer</source>
            <translation>没有可取主方向作坐标轴的竞赛；请添加一位选手</translation>
        </message>
        <message>
            <source>there is no racer to map; add one first</source>
            <translation>没有可绘制吸引域的选手；请先添加一位</translation>
        </message>
        <message>
            <source>there is no racer to sweep; add one first</source>
            <translation>没有可扫描的选手；请先添加一位</translation>
        </message>
        <message>
            <source>there is no racer whose swarm could race; add one first</source>
            <translation>没有可组成群体竞赛的选手；请先添加一位</translation>
        </message>
        <message>
            <source>there is no racer {0}; this race had {1}, numbered from 0</source>
            <translation>没有编号为 {0} 的选手；这场比赛有 {1} 名选手，从 0 开始编号</translation>
        </message>
        <message>
            <source>there is no swarm</source>
            <translation>没有群体</translation>
        </message>
        <message>
            <source>there is no test function "{0}"{1}</source>
            <translation>没有测试函数 "{0}"{1}</translation>
        </message>
        <message>
            <source>there is no view "{0}"; there are {1}</source>
            <translation>没有视图 "{0}"；有 {1}</translation>
        </message>
        <message>
            <source>there is nothing to map</source>
            <translation>没有可绘制的内容</translation>
        </message>
        <message>
            <source>there is nothing to sweep</source>
            <translation>没有可扫描的内容</translation>
        </message>
        <message>
            <source>this key stands twice</source>
            <translation>这个键出现了两次</translation>
        </message>
        <message>
            <source>this landscape has {0} axes, and positions along {1} were given</source>
            <translation>这个曲面有 {0} 个轴，却给出了沿 {1} 个轴的位置</translation>
        </message>
        <message>
            <source>this line assigns nothing; write name = {0}</source>
            <translation>这一行没有赋值；请写 名称 = {0}</translation>
        </message>
        <message>
            <source>this number is too large for float64</source>
            <translation>这个数对 float64 来说太大</translation>
        </message>
        <message>
            <source>threshold</source>
            <translation>阈值</translation>
        </message>
        <message>
            <source>tolerance change</source>
            <translation>变化容差</translation>
        </message>
        <message>
            <source>tolerance grad</source>
            <translation>梯度容差</translation>
        </message>
        <message>
            <source>too many open files</source>
            <translation>打开的文件过多</translation>
        </message>
        <message>
            <source>true or false</source>
            <translation>True 或 False</translation>
        </message>
        <message>
            <source>trust coefficient</source>
            <translation>信任系数</translation>
        </message>
        <message>
            <source>turn</source>
            <translation>调头</translation>
        </message>
        <message>
            <source>two nodes are called {0}; ids must be unique</source>
            <translation>有两个节点都叫 {0}；id 必须唯一</translation>
        </message>
        <message>
            <source>uncorrected</source>
            <translation>未修正</translation>
        </message>
        <message>
            <source>unmatched {0}</source>
            <translation>{0} 没有对应的括号</translation>
        </message>
        <message>
            <source>unrecognized arguments: {0}</source>
            <translation>无法识别的参数：{0}</translation>
        </message>
        <message>
            <source>up</source>
            <translation>上升</translation>
        </message>
        <message>
            <source>up to "{0}", the nodes would have {1} elements; at most {2} are allowed</source>
            <translation>到 "{0}" 为止，节点将有 {1} 个元素；最多允许 {2} 个</translation>
        </message>
        <message>
            <source>v</source>
            <translation>v</translation>
        </message>
        <message>
            <source>v needs the shape {0} of {1}, or one number for all; this has the shape {2}.</source>
            <translation>v 需要 {1} 的形状 {0}，或一个共用的数；现在的形状是 {2}。</translation>
        </message>
        <message>
            <source>v_hat</source>
            <translation>v_hat</translation>
        </message>
        <message>
            <source>value has shape {0}; it must be one number, or one for each point, {1}</source>
            <translation>value 的形状为 {0}；它必须是一个数，或每个点一个数，即 {1}</translation>
        </message>
        <message>
            <source>values</source>
            <translation>数值</translation>
        </message>
        <message>
            <source>values by name, such as {"w": 3.0}</source>
            <translation>按名称给出的值，例如 {"w": 3.0}</translation>
        </message>
        <message>
            <source>values by name, such as {"w": 3.0}, or None</source>
            <translation>按名称给出的值，例如 {"w": 3.0}，或 None</translation>
        </message>
        <message>
            <source>vectors: share of the gradient average that is kept</source>
            <translation>向量：梯度的平均所保留的比例</translation>
        </message>
        <message>
            <source>vectors: share of the squared-gradient average that is kept</source>
            <translation>向量：梯度平方的平均所保留的比例</translation>
        </message>
        <message>
            <source>velocity</source>
            <translation>速度</translation>
        </message>
        <message>
            <source>warm momentum</source>
            <translation>动量预热</translation>
        </message>
        <message>
            <source>warmup</source>
            <translation>预热</translation>
        </message>
        <message>
            <source>warmup start</source>
            <translation>预热起点</translation>
        </message>
        <message>
            <source>weigh gradients without the learning rate, for long warm-ups</source>
            <translation>梯度不以学习率加权，用于长预热</translation>
        </message>
        <message>
            <source>weight decay</source>
            <translation>权重衰减</translation>
        </message>
        <message>
            <source>weight lr power</source>
            <translation>学习率权重幂次</translation>
        </message>
        <message>
            <source>weight of the average beside the gradient</source>
            <translation>除梯度之外平均的权重</translation>
        </message>
        <message>
            <source>weight of the average beside the squared gradient</source>
            <translation>除梯度平方之外平均的权重</translation>
        </message>
        <message>
            <source>weight of the average; 0 is plain descent, 1 is momentum</source>
            <translation>平均的权重；0 为普通下降，1 为动量</translation>
        </message>
        <message>
            <source>weight of the change of the gradient</source>
            <translation>梯度变化的权重</translation>
        </message>
        <message>
            <source>weight of the gradient</source>
            <translation>梯度的权重</translation>
        </message>
        <message>
            <source>weight of the long average</source>
            <translation>长期平均的权重</translation>
        </message>
        <message>
            <source>weight of the newest gradient</source>
            <translation>最新梯度的权重</translation>
        </message>
        <message>
            <source>what the factors multiply</source>
            <translation>各因子所乘的数</translation>
        </message>
        <message>
            <source>what the velocity sums: gradients, or steps with the learning rate of their time</source>
            <translation>速度累加什么：梯度，或乘以当时学习率的步</translation>
        </message>
        <message>
            <source>what the velocity sums: scaled gradients, or steps with the learning rate of their time</source>
            <translation>速度累加什么：缩放后的梯度，或乘以当时学习率的步</translation>
        </message>
        <message>
            <source>when it has fallen to 1/√2</source>
            <translation>降到 1/√2 的时刻</translation>
        </message>
        <message>
            <source>when the factor changes</source>
            <translation>因子改变的时刻</translation>
        </message>
        <message>
            <source>when the mean begins to remember</source>
            <translation>均值开始记忆的时刻</translation>
        </message>
        <message>
            <source>where both averages begin</source>
            <translation>两个平均的初值</translation>
        </message>
        <message>
            <source>where the sum of squares begins</source>
            <translation>平方和的初值</translation>
        </message>
        <message>
            <source>where the surface bends down: turn round, lift to the floor, or climb to the saddle</source>
            <translation>曲面向下弯曲处：调头、抬到下限，或爬向鞍点</translation>
        </message>
        <message>
            <source>where the warm-up begins, as a share of the schedule's start</source>
            <translation>预热从何处开始，按调度起始值的比例</translation>
        </message>
        <message>
            <source>wide</source>
            <translation>宽</translation>
        </message>
        <message>
            <source>write powers with **, as in x**2</source>
            <translation>幂写作 **，如 x**2</translation>
        </message>
        <message>
            <source>x had shape {0} before and has {1} now; reset() starts afresh</source>
            <translation>x 之前的形状为 {0}，现在为 {1}；reset() 可重新开始</translation>
        </message>
        <message>
            <source>x had shape {0} in the step before and has {1} now</source>
            <translation>x 在上一步的形状为 {0}，现在为 {1}</translation>
        </message>
        <message>
            <source>x has shape {0} and its gradient {1}; both must be (..., n)</source>
            <translation>x 的形状为 {0}，其梯度为 {1}；两者都必须是 (..., n)</translation>
        </message>
        <message>
            <source>x has shape {0} but its gradient {1}; they must be the same</source>
            <translation>x 的形状为 {0}，而其梯度为 {1}；两者必须相同</translation>
        </message>
        <message>
            <source>x has shape {0}, which does not end in the parameter's {1}</source>
            <translation>x 的形状为 {0}，末尾与参数的 {1} 不符</translation>
        </message>
        <message>
            <source>x held between min and max</source>
            <translation>把 x 限制在 min 与 max 之间</translation>
        </message>
        <message>
            <source>x needs at least {0} axes, one for each axis of the parameter, not {1}</source>
            <translation>x 至少需要 {0} 个轴，参数的每个轴一个，而不是 {1}</translation>
        </message>
        <message>
            <source>x times the normal distribution function</source>
            <translation>x 乘以正态分布函数</translation>
        </message>
        <message>
            <source>x times x</source>
            <translation>x 乘以 x</translation>
        </message>
        <message>
            <source>x where positive, else 0</source>
            <translation>x 为正处取 x，否则为 0</translation>
        </message>
        <message>
            <source>x where positive, else alpha · (exp(x) − 1)</source>
            <translation>x 为正处取 x，否则为 alpha · (exp(x) − 1)</translation>
        </message>
        <message>
            <source>x where positive, else slope · x</source>
            <translation>x 为正处取 x，否则为 slope · x</translation>
        </message>
        <message>
            <source>x, through which no gradient flows</source>
            <translation>x，没有梯度从中流过</translation>
        </message>
        <message>
            <source>{0} (given {1})</source>
            <translation>{0}（给定 {1}）</translation>
        </message>
        <message>
            <source>{0} ({1} --help shows the usage)</source>
            <translation>{0}（{1} --help 显示用法）</translation>
        </message>
        <message>
            <source>{0} ({1}) has no input number {2}{3}</source>
            <translation>{0} ({1}) 没有第 {2} 个输入{3}</translation>
        </message>
        <message>
            <source>{0} @ {1}: matmul needs tensors; use * for scalars</source>
            <translation>{0} @ {1}：matmul 需要张量；标量请用 *</translation>
        </message>
        <message>
            <source>{0} @ {1}: the last axis of the first, {2}, must equal {3}</source>
            <translation>{0} @ {1}：前者最后一个轴 {2} 必须等于 {3}</translation>
        </message>
        <message>
            <source>{0} and {1} more</source>
            <translation>{0} 及另外 {1} 处</translation>
        </message>
        <message>
            <source>{0} cannot be a name in a formula; use letters, digits and _</source>
            <translation>{0} 不能作公式中的名称；请用字母、数字和 _</translation>
        </message>
        <message>
            <source>{0} cannot be a name: names are letters, digits and _, not starting with a digit</source>
            <translation>{0} 不能作名称：名称由字母、数字和 _ 组成，不以数字开头</translation>
        </message>
        <message>
            <source>{0} cannot be read: {1}</source>
            <translation>无法读取 {0}：{1}</translation>
        </message>
        <message>
            <source>{0} cannot be written in a formula; rename the node to letters, digits and _</source>
            <translation>{0} 不能写进公式；请把节点重命名为字母、数字和 _</translation>
        </message>
        <message>
            <source>{0} directions cannot be found among {1} coordinates</source>
            <translation>在 {1} 个坐标中找不到 {0} 个方向</translation>
        </message>
        <message>
            <source>{0} elements of shape {1} do not fill shape {2}</source>
            <translation>形状 {1} 的 {0} 个元素填不满形状 {2}</translation>
        </message>
        <message>
            <source>{0} evaluates the loss at other points too; run it in a Race, or choose options without a search</source>
            <translation>{0} 还要在其他点计算损失；请在竞赛中运行，或选择不搜索的选项</translation>
        </message>
        <message>
            <source>{0} frames are too many; with {1} steps per frame they are at most {2}</source>
            <translation>{0} 帧太多；每帧 {1} 步时最多 {2} 帧</translation>
        </message>
        <message>
            <source>{0} has headings but no values below them</source>
            <translation>{0} 有列标题，但下面没有值</translation>
        </message>
        <message>
            <source>{0} has no attribute {1} (it has: {2}){3}</source>
            <translation>{0} 没有属性 {1}（它有：{2}）{3}</translation>
        </message>
        <message>
            <source>{0} has no column "{1}"{2}</source>
            <translation>{0} 没有列 "{1}"{2}</translation>
        </message>
        <message>
            <source>{0} has no column besides the target "{1}"; a dataset needs an input</source>
            <translation>{0} 除目标 "{1}" 外没有其他列；数据集需要一个输入</translation>
        </message>
        <message>
            <source>{0} has no convention of {1}{2}</source>
            <translation>{0} 没有 {1} 的约定{2}</translation>
        </message>
        <message>
            <source>{0} has no learning rate for a schedule to change</source>
            <translation>{0} 没有可供调度改变的学习率</translation>
        </message>
        <message>
            <source>{0} has no option {1}{2}</source>
            <translation>{0} 没有选项 {1}{2}</translation>
        </message>
        <message>
            <source>{0} has no such attribute; {1}{2}</source>
            <translation>{0} 没有这样的属性；{1}{2}</translation>
        </message>
        <message>
            <source>{0} has no value: {1}</source>
            <translation>{0} 没有值：{1}</translation>
        </message>
        <message>
            <source>{0} has shape {1}, but this line gives {2}</source>
            <translation>{0} 的形状为 {1}，而这一行给出 {2}</translation>
        </message>
        <message>
            <source>{0} has shape {1}; a gradient needs a scalar output, or a seed of that shape (the v of the vector-Jacobian product)</source>
            <translation>{0} 的形状为 {1}；求梯度需要标量输出，或同样形状的种子（向量-雅可比积的 v）</translation>
        </message>
        <message>
            <source>{0} has {1} MB; at most {2} MB can be read</source>
            <translation>{0} 有 {1} MB；最多能读取 {2} MB</translation>
        </message>
        <message>
            <source>{0} has {1} bytes; at most {2} are read</source>
            <translation>{0} 有 {1} 字节；最多读取 {2} 字节</translation>
        </message>
        <message>
            <source>{0} has {1} milestones but {2} gammas; give as many</source>
            <translation>{0} 有 {1} 个里程碑但有 {2} 个 gamma；数目应相同</translation>
        </message>
        <message>
            <source>{0} has {1} rows; at most {2} can be used</source>
            <translation>{0} 有 {1} 行；最多可用 {2} 行</translation>
        </message>
        <message>
            <source>{0} have shape {1}; the last axis must hold the {2} coordinates ({3})</source>
            <translation>{0} 的形状为 {1}；最后一个轴必须是 {2} 个坐标（{3}）</translation>
        </message>
        <message>
            <source>{0} have shape {1}; the last axis must hold the {2} coordinates ({3}, …)</source>
            <translation>{0} 的形状为 {1}；最后一个轴必须是 {2} 个坐标（{3}，…）</translation>
        </message>
        <message>
            <source>{0} holds numbers of at least 0, not {1}</source>
            <translation>{0} 中的数至少为 0，而不是 {1}</translation>
        </message>
        <message>
            <source>{0} is a folder, not a document</source>
            <translation>{0} 是文件夹，不是文档</translation>
        </message>
        <message>
            <source>{0} is a folder, not a file to write</source>
            <translation>{0} 是文件夹，不是可写入的文件</translation>
        </message>
        <message>
            <source>{0} is a list of numbers, not {1}</source>
            <translation>{0} 是数的列表，而不是 {1}</translation>
        </message>
        <message>
            <source>{0} is a number, not {1}</source>
            <translation>{0} 是一个数，而不是 {1}</translation>
        </message>
        <message>
            <source>{0} is a switch: give true or false, not {1}</source>
            <translation>{0} 是开关：请给 true 或 false，而不是 {1}</translation>
        </message>
        <message>
            <source>{0} is a switch; only a condition, `if {1}: ...`, can read it</source>
            <translation>{0} 是开关；只有条件 `if {1}: ...` 能读取它</translation>
        </message>
        <message>
            <source>{0} is a tensor; only graphs that are scalar from the coordinates to the output can be blurred as graphs</source>
            <translation>{0} 是张量；只有从坐标到输出全为标量的图才能作为图来模糊</translation>
        </message>
        <message>
            <source>{0} is already defined; choose another name</source>
            <translation>{0} 已有定义；请换一个名称</translation>
        </message>
        <message>
            <source>{0} is computed by {1}; only parameters, constants and data hold a value</source>
            <translation>{0} 由 {1} 计算；只有参数、常量和数据持有值</translation>
        </message>
        <message>
            <source>{0} is declared twice</source>
            <translation>{0} 声明了两次</translation>
        </message>
        <message>
            <source>{0} is declared twice; x, g, t and value are always there</source>
            <translation>{0} 声明了两次；x、g、t 和 value 总是存在的</translation>
        </message>
        <message>
            <source>{0} is empty; a table needs a line of headings and lines of values</source>
            <translation>{0} 为空；表格需要一行列标题和若干行值</translation>
        </message>
        <message>
            <source>{0} is given and cannot be assigned</source>
            <translation>{0} 是给定的，不能赋值</translation>
        </message>
        <message>
            <source>{0} is no file; a table in CSV is needed</source>
            <translation>{0} 不是文件；需要一个 CSV 表格</translation>
        </message>
        <message>
            <source>{0} is no formula: {1}</source>
            <translation>{0} 不是公式：{1}</translation>
        </message>
        <message>
            <source>{0} is no leaf of the graph; coordinates are parameters, constants or data</source>
            <translation>{0} 不是计算图的叶节点；坐标是参数、常量或数据</translation>
        </message>
        <message>
            <source>{0} is no number, and a sweep goes over numbers</source>
            <translation>{0} 不是数，而扫描针对数</translation>
        </message>
        <message>
            <source>{0} is not UTF-8 text (byte {1}); save it as UTF-8, which spreadsheets call CSV UTF-8</source>
            <translation>{0} 不是 UTF-8 文本（第 {1} 个字节）；请另存为 UTF-8，电子表格程序称之为“CSV UTF-8”</translation>
        </message>
        <message>
            <source>{0} is not a number</source>
            <translation>{0} 不是数</translation>
        </message>
        <message>
            <source>{0} is not a well-formed table: {1}</source>
            <translation>{0} 不是格式良好的表格：{1}</translation>
        </message>
        <message>
            <source>{0} is not an ordinary file</source>
            <translation>{0} 不是普通文件</translation>
        </message>
        <message>
            <source>{0} is not defined; assign it, or declare it as a parameter or constant{1}</source>
            <translation>{0} 没有定义；请给它赋值，或声明为参数或常量{1}</translation>
        </message>
        <message>
            <source>{0} is not known here; there are {1}{2}</source>
            <translation>{0} 在这里未知；有 {1}{2}</translation>
        </message>
        <message>
            <source>{0} is not part of the formula language</source>
            <translation>{0} 不属于公式语言</translation>
        </message>
        <message>
            <source>{0} is not wired to {1}</source>
            <translation>{0} 没有连接到 {1}</translation>
        </message>
        <message>
            <source>{0} is on a logarithmic scale, which must begin above 0, not at {1}</source>
            <translation>{0} 为对数刻度，必须从大于 0 处开始，而不是 {1}</translation>
        </message>
        <message>
            <source>{0} is one of {1}, not {2}{3}</source>
            <translation>{0} 是 {1} 之一，而不是 {2}{3}</translation>
        </message>
        <message>
            <source>{0} is tried on a logarithmic scale, which must begin above 0</source>
            <translation>{0} 按对数刻度尝试，必须从大于 0 处开始</translation>
        </message>
        <message>
            <source>{0} is used before the line that defines it</source>
            <translation>{0} 在定义它的行之前就被使用</translation>
        </message>
        <message>
            <source>{0} is {1}; it must be {2}</source>
            <translation>{0} 为 {1}；必须{2}</translation>
        </message>
        <message>
            <source>{0} must be numbers in an array of shape {1}, not {2}</source>
            <translation>{0} 必须是形状为 {1} 的数组中的数，而不是 {2}</translation>
        </message>
        <message>
            <source>{0} must be numbers, not {1}</source>
            <translation>{0} 必须是数，而不是 {1}</translation>
        </message>
        <message>
            <source>{0} must be text, not {1}</source>
            <translation>{0} 必须是文字，而不是 {1}</translation>
        </message>
        <message>
            <source>{0} must be {1}, not {2}</source>
            <translation>{0} 必须是 {1}，而不是 {2}</translation>
        </message>
        <message>
            <source>{0} must go from a lower to a higher value, not from {1} to {2}</source>
            <translation>{0}必须从较低值到较高值，而不是从 {1} 到 {2}</translation>
        </message>
        <message>
            <source>{0} needs a list of values to try</source>
            <translation>{0} 需要一列待尝试的值</translation>
        </message>
        <message>
            <source>{0} needs at least 2 values, from a lower to a higher one</source>
            <translation>{0} 至少需要 2 个值，从低到高</translation>
        </message>
        <message>
            <source>{0} needs the Hessian; run it in a Race</source>
            <translation>{0} 需要海森矩阵；请在竞赛中运行</translation>
        </message>
        <message>
            <source>{0} of an own optimizer is an object: names with their values</source>
            <translation>自定义优化器的 {0} 是对象：名称及其值</translation>
        </message>
        <message>
            <source>{0} or {1}</source>
            <translation>{0} 或 {1}</translation>
        </message>
        <message>
            <source>{0} paths lead from {1} to {2}; at most {3} are listed</source>
            <translation>从 {1} 到 {2} 有 {0} 条路径；最多列出 {3} 条</translation>
        </message>
        <message>
            <source>{0} saw gradients with noise or of mini-batches, which are not kept</source>
            <translation>{0} 所见的梯度带有噪声或来自小批量，没有保存下来</translation>
        </message>
        <message>
            <source>{0} searches along lines and cannot race on mini-batches</source>
            <translation>{0} 沿直线搜索，不能用小批量竞赛</translation>
        </message>
        <message>
            <source>{0} settings for each racer, {1} steps each, from {2}, seed {3}; judged by the mean final loss</source>
            <translation>每位选手 {0} 组设置，每组 {1} 步，从 {2} 出发，种子 {3}；以最终损失的均值评判</translation>
        </message>
        <message>
            <source>{0} steps of this race are {1} numbers to keep; at most {2} fit</source>
            <translation>此竞赛的 {0} 步需要保存 {1} 个数；最多容纳 {2} 个</translation>
        </message>
        <message>
            <source>{0} takes a number or nested lists of numbers</source>
            <translation>{0} 接受一个数或嵌套的数列表</translation>
        </message>
        <message>
            <source>{0} takes one value, a number or nested lists</source>
            <translation>{0} 接受一个值：数或嵌套的列表</translation>
        </message>
        <message>
            <source>{0} takes {1} inputs ({2}), not {3}</source>
            <translation>{0} 接受 {1} 个输入（{2}），而不是 {3} 个</translation>
        </message>
        <message>
            <source>{0} takes {1} inputs, not {2}</source>
            <translation>{0} 接受 {1} 个输入，而不是 {2} 个</translation>
        </message>
        <message>
            <source>{0} takes {1} inputs, not {2}{3}</source>
            <translation>{0} 接受 {1} 个输入，而不是 {2} 个{3}</translation>
        </message>
        <message>
            <source>{0} takes {1}, not {2}</source>
            <translation>{0} 接受{1}，而不是 {2}</translation>
        </message>
        <message>
            <source>{0} values where {1} columns are expected</source>
            <translation>应有 {1} 列，却有 {0} 个值</translation>
        </message>
        <message>
            <source>{0} was never closed</source>
            <translation>{0} 没有闭合</translation>
        </message>
        <message>
            <source>{0} works with matrices of {1} × {2} numbers; it is for at most {3} coordinates</source>
            <translation>{0} 要用 {1} × {2} 个数的矩阵；最多用于 {3} 个坐标</translation>
        </message>
        <message>
            <source>{0} {1}; a cycle cannot be written as a formula</source>
            <translation>{0} {1}；环路不能写成公式</translation>
        </message>
        <message>
            <source>{0}(...) declares a leaf and is only allowed in graphs</source>
            <translation>{0}(...) 声明一个叶节点，只允许在计算图中使用</translation>
        </message>
        <message>
            <source>{0}, or None</source>
            <translation>{0}，或 None</translation>
        </message>
        <message>
            <source>{0}: average_decay must be from 0 to below 1, not {1}</source>
            <translation>{0}：average_decay 必须不小于 0 且小于 1，而不是 {1}</translation>
        </message>
        <message>
            <source>{0}: gradient must be "analytic" or "numerical", not {1}</source>
            <translation>{0}：gradient 必须是 "analytic" 或 "numerical"，而不是 {1}</translation>
        </message>
        <message>
            <source>{0}: noise must be a number of at least 0, not {1}</source>
            <translation>{0}：噪声必须是不小于 0 的数，而不是 {1}</translation>
        </message>
        <message>
            <source>{0}: the range must go from a lower to a higher value</source>
            <translation>{0}：范围必须从较低值到较高值</translation>
        </message>
        <message>
            <source>{0}: the start must be {1} numbers</source>
            <translation>{0}：起点必须是 {1} 个数</translation>
        </message>
        <message>
            <source>{0}: the start must be {1} numbers ({2}), not shape {3}</source>
            <translation>{0}：起点必须是 {1} 个数（{2}），而不是形状 {3}</translation>
        </message>
        <message>
            <source>{0}: the value must be a number or nested lists of numbers in rows of equal length</source>
            <translation>{0}：值必须是一个数，或各行等长的嵌套数列表</translation>
        </message>
        <message>
            <source>{0}: {1} cannot be written in {2}</source>
            <translation>{0}：{1} 不能用 {2} 编写</translation>
        </message>
        <message>
            <source>{0}: {1} does not work element by element and cannot be blurred</source>
            <translation>{0}：{1} 不是逐元素的运算，不能模糊</translation>
        </message>
        <message>
            <source>{0}: {1} is {2}, but must be {3}</source>
            <translation>{0}：{1} 为 {2}，但必须是 {3}</translation>
        </message>
        <message>
            <source>{0}; of two values take maximum(a, b) or minimum(a, b)</source>
            <translation>{0}；要取两个值中的一个，请用 maximum(a, b) 或 minimum(a, b)</translation>
        </message>
        <message>
            <source>“{0}” in line {1}{2} is no number.</source>
            <translation>第 {1} 行{2}的“{0}”不是数。</translation>
        </message>
        <message>
            <source>“{0}” is no number; type one such as 2.5, or a list such as [1, 2, 3].</source>
            <translation>“{0}”不是数；请输入一个数，例如 2.5，或一个列表，例如 [1, 2, 3]。</translation>
        </message>
        <message>
            <source>“{0}” is no shape; type one such as 3 or 3×2.</source>
            <translation>“{0}”不是形状；请输入例如 3 或 3×2。</translation>
        </message>
        <message>
            <source>“{0}” is not a finite number</source>
            <translation>“{0}”不是有限数</translation>
        </message>
        <message>
            <source>“{0}” is not a number</source>
            <translation>“{0}”不是数</translation>
        </message>
        <message>
            <source>−1, 0 or 1</source>
            <translation>−1、0 或 1</translation>
        </message>
    </context>
    <context>
        <name>export</name>
        <message>
            <source>Export Picture</source>
            <translation>导出图片</translation>
        </message>
        <message>
            <source>PDF page (*.pdf)</source>
            <translation>PDF 页面 (*.pdf)</translation>
        </message>
        <message>
            <source>PNG picture (*.png)</source>
            <translation>PNG 图片 (*.png)</translation>
        </message>
        <message>
            <source>SVG drawing (*.svg)</source>
            <translation>SVG 矢量图 (*.svg)</translation>
        </message>
        <message>
            <source>{0} cannot be written: {1}</source>
            <translation>无法写入 {0}：{1}</translation>
        </message>
    </context>
    <context>
        <name>inspector</name>
        <message>
            <source>A small change of {node} does not change {loss}.</source>
            <translation>{node} 的微小变化不改变 {loss}。</translation>
        </message>
        <message>
            <source>The slope of {loss} along {node} is not finite here.</source>
            <translation>{loss} 沿 {node} 的斜率在这里不是有限数。</translation>
        </message>
        <message>
            <source>Together</source>
            <translation>合计</translation>
        </message>
        <message>
            <source>When {node} grows a little, {loss} falls {times} times as much.</source>
            <translation>{node} 略微增大时，{loss} 减小的量是它的 {times} 倍。</translation>
        </message>
        <message>
            <source>When {node} grows a little, {loss} grows {times} times as much.</source>
            <translation>{node} 略微增大时，{loss} 增大的量是它的 {times} 倍。</translation>
        </message>
        <message>
            <source>shape</source>
            <translation>形状</translation>
        </message>
        <message>
            <source>the output</source>
            <translation>输出</translation>
        </message>
        <message>
            <source>{0} in the gradient; on the way back it begins at {1}.</source>
            <translation>梯度中有 {0}；反向传播时始于 {1}。</translation>
        </message>
        <message>
            <source>{0} in the value; it begins at {1}.</source>
            <translation>值中有 {0}；始于 {1}。</translation>
        </message>
        <message>
            <source>{0} nodes lie on the way to the output. Paths are listed where at most {1} do.</source>
            <translation>通往输出的途中有 {0} 个节点；最多 {1} 个时才列出各条路径。</translation>
        </message>
    </context>
    <context>
        <name>menus</name>
        <message>
            <source>&amp;Clear This List</source>
            <translation>清空此列表(&amp;C)</translation>
        </message>
        <message>
            <source>&amp;Edit</source>
            <translation>编辑(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;Export</source>
            <translation>导出(&amp;E)</translation>
        </message>
        <message>
            <source>&amp;File</source>
            <translation>文件(&amp;F)</translation>
        </message>
        <message>
            <source>&amp;Graph</source>
            <translation>计算图(&amp;G)</translation>
        </message>
        <message>
            <source>&amp;Help</source>
            <translation>帮助(&amp;H)</translation>
        </message>
        <message>
            <source>&amp;Language</source>
            <translation>语言 (Language)(&amp;L)</translation>
        </message>
        <message>
            <source>&amp;Race</source>
            <translation>竞赛(&amp;R)</translation>
        </message>
        <message>
            <source>&amp;Theme</source>
            <translation>主题(&amp;T)</translation>
        </message>
        <message>
            <source>&amp;View</source>
            <translation>视图(&amp;V)</translation>
        </message>
        <message>
            <source>Cop&amp;y Picture</source>
            <translation>复制图片(&amp;Y)</translation>
        </message>
        <message>
            <source>No files yet</source>
            <translation>还没有文件</translation>
        </message>
        <message>
            <source>Open &amp;Recent</source>
            <translation>最近打开(&amp;R)</translation>
        </message>
        <message>
            <source>Te&amp;xt Size</source>
            <translation>文字大小(&amp;X)</translation>
        </message>
        <message>
            <source>Tools</source>
            <translation>工具</translation>
        </message>
    </context>
</TS>
