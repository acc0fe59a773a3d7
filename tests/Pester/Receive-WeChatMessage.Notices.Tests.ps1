Import-Module WeChatPS

# What WeChat itself says: sentences in which names stand, and anybody may be called like one.
Describe 'Receive-WeChatMessage: notices' {
    BeforeAll {
        $emulator = Start-WeChatEmulator -HoldSec 1
        $session = Connect-WeChat -Name notices -Endpoint $emulator.Endpoint -Login Qr -QrCode None -Ephemeral 6> $null
        $null = Receive-WeChatMessage -NoWait
        function Receive-Notice([string] $Text, [hashtable] $With = @{}) {
            Send-WeChatEmulatorMessage $Text -Kind System -Group 运维群 @With
            $received = @(Receive-WeChatMessage -NoWait -IncludeStatus -IncludeSelf)
            $received.Count | Should -Be 1
            $received[0]
        }
    }

    AfterAll {
        Get-WeChatSession | Disconnect-WeChat
        Stop-WeChatEmulator
    }

    It 'takes no name for a notice: <text>' -ForEach @(
        @{ text = '"张三"修改群名为“加入了群聊”'; kind = 'GroupRename'; holds = @{ Name = '加入了群聊'; ChangedBy = '张三' } }
        @{ text = '"张三"修改群名为“拍了拍我”'; kind = 'GroupRename'; holds = @{ Name = '拍了拍我'; ChangedBy = '张三' } }
        @{ text = '"张三"修改群名为“x”加入了群聊”'; kind = 'GroupRename'; holds = @{ Name = 'x”加入了群聊' } }
        @{ text = '"拍了拍"加入了群聊'; kind = 'GroupJoin'; holds = @{ Names = '拍了拍'; InvitedBy = '' } }
        @{ text = '"x"修改群名为“y”加入了群聊'; kind = 'GroupJoin'; holds = @{ Names = 'x"修改群名为“y' } }
        @{ text = '"张三"邀请"移出了群聊"加入了群聊'; kind = 'GroupJoin'; holds = @{ Names = '移出了群聊'; InvitedBy = '张三' } }
        @{ text = '"加入了群聊"通过扫描"拍拍"分享的二维码加入群聊'; kind = 'GroupJoin'; holds = @{ Names = '加入了群聊'; InvitedBy = '拍拍' } }
        @{ text = '你将"加入了群聊"移出了群聊'; kind = 'GroupLeave'; holds = @{ Names = '加入了群聊'; RemovedBy = '你' } }
        @{ text = '你被"修改群名为"移出群聊'; kind = 'GroupLeave'; holds = @{ Names = '你'; RemovedBy = '修改群名为' } }
        @{ text = '"退出了群聊" 拍了拍我'; kind = 'Tickle'; holds = @{ By = '退出了群聊'; IsMe = 'True' } }
        @{ text = '"加入了群聊"领取了你的"拍了拍"'; kind = 'System'; holds = @{} }
        @{ text = '你已添加了"加入了群聊"，现在可以开始聊天了。'; kind = 'System'; holds = @{} }
        @{ text = '"收到红包，请在手机上查看"加入了群聊'; kind = 'GroupJoin'; holds = @{ Names = '收到红包，请在手机上查看' } }
        @{ text = '"位置共享已经结束"退出了群聊'; kind = 'GroupLeave'; holds = @{ Names = '位置共享已经结束' } }
    ) {
        $notice = Receive-Notice $text
        $notice.Kind | Should -Be $kind
        $notice.Text | Should -BeExactly $text
        foreach ($property in @($holds.Keys)) { $notice.Content.$property -join '|' | Should -BeExactly $holds[$property] }
    }

    It 'knows by its words what a sentence is about that it does not know: <text>' -ForEach @(
        @{ text = '群主"张三"已将"加入了群聊"请离，移出群聊'; kind = 'GroupLeave' }
        @{ text = '管理员"张三"修改群名为：拍了拍'; kind = 'GroupRename' }
        @{ text = '"小明"经人介绍加入了群聊'; kind = 'GroupJoin' }
    ) {
        $notice = Receive-Notice $text
        $notice.Kind | Should -Be $kind
        $notice.Content | Should -Not -BeNullOrEmpty
        "$($notice.Content.Names)$($notice.Content.Name)" | Should -BeExactly ''
    }

    It 'reads English: <text>' -ForEach @(
        @{ text = '"Alice" invited "Bob、Carol" to the group chat'; kind = 'GroupJoin'; holds = @{ Names = 'Bob|Carol'; InvitedBy = 'Alice' } }
        @{ text = '"Bob" joined the group chat via the QR Code shared by "Alice"'; kind = 'GroupJoin'; holds = @{ Names = 'Bob'; InvitedBy = 'Alice' } }
        @{ text = '"Bob" joined group chat via the QR Code shared by "Alice".'; kind = 'GroupJoin'; holds = @{ Names = 'Bob'; InvitedBy = 'Alice' } }
        @{ text = '"Bob" joined the group chat'; kind = 'GroupJoin'; holds = @{ Names = 'Bob' } }
        @{ text = 'You removed "Bob" from the group chat'; kind = 'GroupLeave'; holds = @{ Names = 'Bob'; RemovedBy = 'You' } }
        @{ text = 'You were removed from the group chat by "Alice"'; kind = 'GroupLeave'; holds = @{ Names = 'You'; RemovedBy = 'Alice' } }
        @{ text = '"Bob" left the group chat'; kind = 'GroupLeave'; holds = @{ Names = 'Bob' } }
        @{ text = '"Alice" changed the group name to "left the group chat"'; kind = 'GroupRename'; holds = @{ Name = 'left the group chat'; ChangedBy = 'Alice' } }
        @{ text = '"Alice" tickled me'; kind = 'Tickle'; holds = @{ By = 'Alice'; IsMe = 'True' } }
        @{ text = '"tickled" tickled "Bob"'; kind = 'Tickle'; holds = @{ By = 'tickled'; Whom = 'Bob'; IsMe = 'False' } }
    ) {
        $notice = Receive-Notice $text
        $notice.Kind | Should -Be $kind
        foreach ($property in @($holds.Keys)) { $notice.Content.$property -join '|' | Should -BeExactly $holds[$property] }
    }

    It 'reads the sentence in a system command: <text>' -ForEach @(
        @{ text = '"张三"邀请"a $who$ b、小红"加入了群聊'; kind = 'GroupJoin'; names = 'a $who$ b|小红'; xml = '<sysmsg type="sysmsgtemplate"><sysmsgtemplate><content_template type="tmpl_type_profile"><plain><![CDATA[]]></plain><template><![CDATA["$who$"邀请"$names$"加入了群聊]]></template><link_list><link name="who" type="link_profile"><memberlist><member><username>wxid_1</username><nickname><![CDATA[张三]]></nickname></member></memberlist></link><link name="names" type="link_profile"><memberlist><member><nickname><![CDATA[a $who$ b]]></nickname></member><member><nickname>小红</nickname></member></memberlist><separator><![CDATA[、]]></separator></link></link_list></content_template></sysmsgtemplate></sysmsg>' }
        @{ text = '你将"revokemsg"移出了群聊'; kind = 'GroupLeave'; names = 'revokemsg'; xml = '<sysmsg type="delchatroommember"><delchatroommember><plain><![CDATA[你将"revokemsg"移出了群聊  ]]></plain><link><text>撤销</text></link></delchatroommember></sysmsg>' }
        @{ text = '收款方24小时内未接收你的转账，已过期'; kind = 'System'; names = ''; xml = '<sysmsg type="paymsg"><content><![CDATA[收款方24小时内未接收你的<_wc_custom_link_ href="weixin://x">转账</_wc_custom_link_>，已过期]]></content></sysmsg>' }
        @{ text = ''; kind = 'System'; names = ''; xml = '<sysmsg type="functionmsg"><cgi>/a</cgi></sysmsg>' }
        @{ text = ''; kind = 'System'; names = ''; xml = '<sysmsg type="pat"><cut' }
    ) {
        $notice = Receive-Notice $xml @{ MsgType = 10002 }
        $notice.Kind | Should -Be $kind
        $notice.Text | Should -BeExactly $text
        $notice.Content.Names -join '|' | Should -BeExactly $names
        $notice.MsgType | Should -Be 10002
    }

    It 'knows the type of a system command whose quotes are escaped: <type>' -ForEach @(
        @{ type = 'pat'; kind = 'Tickle'; inner = '&lt;template&gt;&quot;张三&quot; 拍了拍我&lt;/template&gt;'; text = '"张三" 拍了拍我' }
        @{ type = 'revokemsg'; kind = 'Recall'; inner = '&lt;msgid&gt;7&lt;/msgid&gt;&lt;replacemsg&gt;&quot;张三&quot; 撤回了一条消息&lt;/replacemsg&gt;'; text = '"张三" 撤回了一条消息' }
    ) {
        Send-WeChatEmulatorMessage -Kind Raw -From 张三 -Json (
            '{"MsgId":"{msgid}","FromUserName":"{from}","ToUserName":"{self}","MsgType":10002,"Content":"&lt;sysmsg type=&quot;TYPE&quot;&gt;&lt;TYPE&gt;INNER&lt;/TYPE&gt;&lt;/sysmsg&gt;"}'.Replace('TYPE', $type).Replace('INNER', $inner))
        $notice = Receive-WeChatMessage -NoWait
        $notice.Kind | Should -Be $kind
        $notice.Text | Should -BeExactly $text
    }
}
